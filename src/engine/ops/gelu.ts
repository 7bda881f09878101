/** GELU of every element: 'tanh' as in GPT-2, 'erf' as in BERT. */
import type { Tape } from '../autograd/tape.ts';
import type { Tensor } from '../autograd/tensor.ts';
import { geluBackward, geluForward } from '../kernels/gelu.ts';

export function gelu(tape: Tape, x: Tensor, kind: 'tanh' | 'erf'): Tensor {
  const attributes = { length: x.length, kind: kind === 'tanh' ? 1 : 2 };
  const output = tape.activation(x.shape, 'gelu', x.storage.element);
  tape.call(geluForward, attributes, { x, output });
  tape.node([x], output, (outputGradient) => {
    const inputGradient = tape.activation(x.shape, 'gelu gradient', x.storage.element);
    tape.call(geluBackward, attributes, { outputGradient, x, inputGradient });
    tape.contribute(x, inputGradient);
  });
  return output;
}
