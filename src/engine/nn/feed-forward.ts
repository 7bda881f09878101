/** The block's two-layer perceptron: widen four times, GELU, narrow again. */
import type { Tape } from '../autograd/tape.ts';
import type { Tensor } from '../autograd/tensor.ts';
import { gelu } from '../ops/gelu.ts';
import { Linear, type LinearNames } from './linear.ts';
import type { ParameterRegistry } from './parameters.ts';

export class FeedForward {
  private readonly input: Linear;
  private readonly output: Linear;

  constructor(
    registry: ParameterRegistry,
    names: { readonly input: LinearNames; readonly output: LinearNames },
    width: number,
    deviation: number,
    outputDeviation: number,
    private readonly activation: 'tanh' | 'erf',
  ) {
    this.input = new Linear(registry, names.input, width, 4 * width, deviation);
    this.output = new Linear(registry, names.output, 4 * width, width, outputDeviation);
  }

  /** x [..., C] → [..., C] */
  apply(tape: Tape, x: Tensor): Tensor {
    return this.output.apply(tape, gelu(tape, this.input.apply(tape, x), this.activation));
  }
}
