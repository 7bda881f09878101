/** Chooses windows of a text: at random for training, evenly spread for evaluation. */
import type { RandomSequence } from './random.ts';

/** Start of a random window in each row; the same for the same state of `random`. */
export function randomStarts(starts: Int32Array, tokens: number, window: number, random: RandomSequence): void {
  for (let row = 0; row < starts.length; row++) starts[row] = random.integer(tokens - window + 1);
}

/** `count` starts from the beginning to the end of the text, as far apart as they can be. */
export function spreadStarts(count: number, tokens: number, window: number): Int32Array {
  const last = tokens - window;
  return Int32Array.from({ length: count }, (_, i) => Math.round((count > 1 ? i / (count - 1) : 0) * last));
}
