/** Sum of two activations of one shape; the gradient passes to both. */
import type { Tape } from '../autograd/tape.ts';
import type { Tensor } from '../autograd/tensor.ts';
import { add as addKernel } from '../kernels/add.ts';

export function add(tape: Tape, a: Tensor, b: Tensor): Tensor {
  const output = tape.activation(a.shape, 'sum');
  tape.call(addKernel, { length: a.length, hasB: 1, accumulate: 0 }, { a, b, output });
  tape.node([a, b], output, (outputGradient) => {
    tape.contribute(a, outputGradient);
    tape.contribute(b, outputGradient);
  });
  return output;
}
