/** Initial weights of a model: a pure function of the seed and the shape. */

import { RandomSequence } from '../data/random.ts';
import type { Arena } from '../nn/parameters.ts';

/** Values for the whole parameter arena; padding is zero. */
export function initialValues(arena: Arena, seed: number): Float32Array {
  const values = new Float32Array(arena.length);
  arena.parts.forEach(({ offset, length, initial }, index) => {
    const part = values.subarray(offset, offset + length);
    if (initial.kind === 'constant') part.fill(initial.value);
    else {
      const random = new RandomSequence(seed, index);
      for (let i = 0; i < length; i++) part[i] = random.normal() * initial.deviation;
    }
  });
  return values;
}
