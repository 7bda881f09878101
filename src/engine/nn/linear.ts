/** Linear layer, y = x·W + b, with W stored [in, out] as GPT-2's Conv1D keeps it. */
import type { Tape } from '../autograd/tape.ts';
import type { Tensor } from '../autograd/tensor.ts';
import { addBias } from '../ops/bias.ts';
import { matmul } from '../ops/matmul.ts';
import type { Parameter, ParameterRegistry } from './parameters.ts';

export class Linear {
  private readonly weight: Parameter;
  private readonly bias: Parameter;

  /** @param deviation standard deviation of the initial weights */
  constructor(registry: ParameterRegistry, name: string, inputs: number, outputs: number, deviation: number) {
    this.weight = registry.declare(`${name}.weight`, [inputs, outputs], { kind: 'normal', deviation });
    this.bias = registry.declare(`${name}.bias`, [outputs], { kind: 'constant', value: 0 });
  }

  /** x [..., in] → [..., out] */
  apply(tape: Tape, x: Tensor): Tensor {
    return addBias(tape, matmul(tape, x, this.weight.tensor), this.bias.tensor);
  }
}
