/** Layer norm with a learned weight and bias per column (Ba, Kiros & Hinton 2016). */
import type { Tape } from '../autograd/tape.ts';
import type { Tensor } from '../autograd/tensor.ts';
import { layerNorm } from '../ops/layer-norm.ts';
import type { Parameter, ParameterRegistry } from './parameters.ts';

export class LayerNorm {
  private readonly parameters: Parameter;

  constructor(
    registry: ParameterRegistry,
    name: string,
    width: number,
    private readonly epsilon: number,
  ) {
    const parts = [
      { name: `${name}.weight`, shape: [width], initial: { kind: 'constant', value: 1 } },
      { name: `${name}.bias`, shape: [width], initial: { kind: 'constant', value: 0 } },
    ] as const;
    this.parameters = registry.declareParts([2, width], parts, false);
  }

  /** x [..., C] → [..., C], each row with mean 0 and variance 1 before weight and bias.
   *  @param element what the output is kept as */
  apply(tape: Tape, x: Tensor, element = tape.real): Tensor {
    return layerNorm(tape, x, this.parameters.tensor, { epsilon: this.epsilon, element });
  }
}
