/** Dropout at a rate in [0, 1); at 0 it records nothing and returns its input. */
import type { Tape } from '../autograd/tape.ts';
import type { Tensor } from '../autograd/tensor.ts';
import { dropout as dropoutKernel } from '../kernels/dropout.ts';

export function dropout(tape: Tape, x: Tensor, rate: number): Tensor {
  if (rate === 0) return x;
  const attributes = { length: x.length, dropout: rate, dropoutStream: tape.nextStream() };
  const { counters } = tape;
  const output = tape.activation(x.shape, 'dropout', x.storage.element);
  tape.call(dropoutKernel, attributes, { x, output, counters });
  tape.node([x], output, (outputGradient) => {
    const inputGradient = tape.activation(x.shape, 'dropout gradient', x.storage.element);
    tape.call(dropoutKernel, attributes, { x: outputGradient, output: inputGradient, counters });
    tape.contribute(x, inputGradient);
  });
  return output;
}
