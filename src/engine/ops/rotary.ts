/** Rotary positions on the queries and keys of qkv [B, T, 3C]; values pass unchanged. */
import type { Tape } from '../autograd/tape.ts';
import type { Tensor } from '../autograd/tensor.ts';
import { rotary as rotaryKernel } from '../kernels/rotary.ts';

/** @param table cos and sin of every position and pair, [≥ T, ⌊D/2⌋, 2] */
export function rotary(tape: Tape, qkv: Tensor, table: Tensor, heads: number): Tensor {
  const [batch, context, tripled] = qkv.shape;
  const size = { batch, context, heads, headWidth: tripled / 3 / heads };
  const y = tape.activation(qkv.shape, 'rotated qkv', qkv.storage.element);
  tape.call(rotaryKernel, { ...size, inverse: 0 }, { x: qkv, table, y });
  tape.node([qkv], y, (outputGradient) => {
    const inputGradient = tape.activation(qkv.shape, 'rotary gradient', qkv.storage.element);
    tape.call(rotaryKernel, { ...size, inverse: 1 }, { x: outputGradient, table, y: inputGradient });
    tape.contribute(qkv, inputGradient);
  });
  return y;
}
