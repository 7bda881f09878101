/** Tokens to train on where no text is at hand: most follow a rule, so that losses fall and a wrong gradient shows. */
import { RandomSequence } from '../src/engine/data/random.ts';

export interface TokenShape {
  readonly vocabulary: number;
  readonly context: number;
  readonly batch: number;
}

/** Share of tokens that follow none. */
const noise = 0.1;
const seed = 2;

/** [batches, batch, context + 1] */
export function inventedTokens({ vocabulary, context, batch }: TokenShape, batches: number): Int32Array {
  const random = new RandomSequence(seed, 0);
  let token = 0;
  return Int32Array.from({ length: batches * batch * (context + 1) }, () => {
    token = random.uniform() < noise ? random.integer(vocabulary) : (token * 5 + 7) % vocabulary;
    return token;
  });
}
