/** Picks rows of an activation, each at most once: what the output head needs of a masked batch. */
import type { Tape } from '../autograd/tape.ts';
import { columnsOf, rowsOf, type Tensor } from '../autograd/tensor.ts';
import { gatherBackward, gatherForward } from '../kernels/gather.ts';

/** Which rows are picked. */
export interface RowChoice {
  /** i32 [K]: row of each slot; negative where the slot holds nothing. */
  readonly positions: Tensor;
  /** i32 [N]: slot of each row, the inverse of `positions`; negative where the row is in none. */
  readonly slots: Tensor;
}

/** x [..., C] with N rows → [K, C]; a slot that holds nothing is zero. */
export function gatherRows(tape: Tape, x: Tensor, { positions, slots }: RowChoice): Tensor {
  const width = columnsOf(x);
  const attributes = { rows: rowsOf(x), gathered: positions.length, width };
  const output = tape.activation([positions.length, width], 'gathered', x.storage.element);
  tape.call(gatherForward, attributes, { x, positions, output });
  tape.node([x], output, (outputGradient) => {
    const inputGradient = tape.activation(x.shape, 'gather gradient', x.storage.element);
    tape.call(gatherBackward, attributes, { outputGradient, slots, inputGradient });
    tape.contribute(x, inputGradient);
  });
  return output;
}
