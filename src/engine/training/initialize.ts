/** Initial weights of a model: a pure function of the seed and the shape. */

import { RandomSequence } from '../data/random.ts';
import { type Arena, writePart } from '../nn/parameters.ts';

/** Values for the whole parameter arena; padding is zero. */
export function initialValues(arena: Arena, seed: number): Float32Array {
  const values = new Float32Array(arena.length);
  arena.parts.forEach((part, index) => {
    const { length, initial } = part;
    const own = new Float32Array(length);
    if (initial.kind === 'constant') own.fill(initial.value);
    else {
      const random = new RandomSequence(seed, index);
      for (let i = 0; i < length; i++) own[i] = random.normal() * initial.deviation;
    }
    writePart(values, part, own);
  });
  return values;
}
