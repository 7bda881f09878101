/** Linear layer, y = x·W + b, with W held [in, out] whatever the layout of files is. */
import type { Tape } from '../autograd/tape.ts';
import type { Tensor } from '../autograd/tensor.ts';
import { addBias } from '../ops/bias.ts';
import { matmul } from '../ops/matmul.ts';
import type { Parameter, ParameterRegistry } from './parameters.ts';

/** How files keep a linear layer. */
export interface LinearNames {
  /** Several names: files keep the outputs in that many equal layers. */
  readonly names: readonly string[];
  /** 'in-out' as GPT-2's Conv1D, of one name; 'out-in' as nn.Linear. */
  readonly layout: 'in-out' | 'out-in';
}

export class Linear {
  private readonly weight: Parameter;
  private readonly bias: Parameter;

  /** @param deviation standard deviation of the initial weights */
  constructor(
    registry: ParameterRegistry,
    { names, layout }: LinearNames,
    inputs: number,
    outputs: number,
    deviation: number,
  ) {
    const each = outputs / names.length;
    const weights = names.map((name, index) => {
      const initial = { kind: 'normal', deviation } as const;
      if (layout === 'in-out') return { name: `${name}.weight`, shape: [inputs, each], initial };
      const transposed = { first: index * each, columns: outputs };
      return { name: `${name}.weight`, shape: [each, inputs], initial, transposed };
    });
    const biases = names.map((name) => {
      return { name: `${name}.bias`, shape: [each], initial: { kind: 'constant', value: 0 } } as const;
    });
    this.weight = registry.declareParts([inputs, outputs], weights, true);
    this.bias = registry.declareParts([outputs], biases, false);
  }

  /** x [..., in] → [..., out] */
  apply(tape: Tape, x: Tensor): Tensor {
    return addBias(tape, matmul(tape, x, this.weight.tensor), this.bias.tensor);
  }
}
