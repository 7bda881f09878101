/** How far what a kernel wrote lies from what it should have written. */
import type { Data } from '../kernels/kernel.ts';

/** Largest |a − b| over all arrays, relative to the largest |b| but at least 1; NaN where one is not finite. */
export function largestDifference(actual: readonly Data[], expected: readonly Data[]): number {
  let largest = 0;
  let scale = 1;
  for (const [i, values] of expected.entries()) {
    for (let at = 0; at < values.length; at++) {
      const difference = Math.abs(actual[i][at] - values[at]);
      if (!Number.isFinite(difference)) return Number.NaN;
      largest = Math.max(largest, difference);
      scale = Math.max(scale, Math.abs(values[at]));
    }
  }
  return largest / scale;
}
