/** Adds a bias [C] to every row of x [..., C]. */
import type { Tape } from '../autograd/tape.ts';
import { rowsOf, type Tensor } from '../autograd/tensor.ts';
import { addBias as addBiasKernel } from '../kernels/bias.ts';
import { columnSum } from '../kernels/column-sum.ts';

export function addBias(tape: Tape, x: Tensor, bias: Tensor): Tensor {
  const size = { rows: rowsOf(x), columns: bias.length };
  const output = tape.activation(x.shape, 'biased', x.storage.element);
  tape.call(addBiasKernel, size, { x, bias, output });
  tape.node([x, bias], output, (outputGradient) => {
    const { tensor: sums, accumulate } = tape.target(bias);
    tape.call(columnSum, { ...size, accumulate }, { x: outputGradient, sums });
    tape.contribute(x, outputGradient);
  });
  return output;
}
