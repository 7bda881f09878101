/** Seeded numbers to test with, and how far two lists of numbers lie apart. */

/** Uniform in [0, 1), from a 32-bit mixing function of (seed, index). */
function uniform(seed: number, index: number): number {
  let x = Math.imul(index + 1, 0x9e3779b1) ^ Math.imul(seed + 1, 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return ((x ^ (x >>> 16)) >>> 0) / 2 ** 32;
}

/** Standard normal numbers, the same for the same seed; already rounded to float32. */
export function normal(length: number, seed: number): Float64Array {
  return Float64Array.from({ length }, (_, index) => {
    const radius = Math.sqrt(-2 * Math.log(1 - uniform(seed, 2 * index)));
    return Math.fround(radius * Math.cos(2 * Math.PI * uniform(seed, 2 * index + 1)));
  });
}

export function zeros(length: number): Float64Array {
  return new Float64Array(length);
}

/** Integers in [0, below). */
export function integers(length: number, below: number, seed: number): Int32Array {
  return Int32Array.from({ length }, (_, index) => Math.floor(uniform(seed, index) * below));
}

/** Largest difference in half precision: of products of numbers rounded to f16, whose results are rounded too. */
export const halfTolerance = 4e-3;

/** Largest |a − b|, relative to the largest |b| but at least 1; Infinity where a is not finite or lengths differ. */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  let largest = 0;
  let scale = 1;
  for (let i = 0; i < b.length; i++) {
    const difference = Math.abs(a[i] - b[i]);
    if (Number.isNaN(difference)) return Number.POSITIVE_INFINITY;
    largest = Math.max(largest, difference);
    scale = Math.max(scale, Math.abs(b[i]));
  }
  return largest / scale;
}
