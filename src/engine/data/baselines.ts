/** What can be said of a text without training: cross-entropies of guesses from counts, on the held-out part. */
import type { Baselines } from '../../contract/messages.ts';
import type { Dataset } from './dataset.ts';
import { type Pace, silentPace } from './pace.ts';
import { createPairCounts, type PairCounts } from './pair-counts.ts';
import type { TokenArray } from './token-list.ts';

/** Tokens between two looks at the clock. */
const stretch = 1 << 18;

/** What the training part says of single tokens and of pairs. */
interface Counts {
  readonly singles: Float64Array;
  readonly pairs: PairCounts;
  /** How many pairs begin with a token, and how many different ones. */
  readonly starts: Float64Array;
  readonly followers: Float64Array;
}

/** In nats per token. Unigram: counts of the training part, plus one each. Bigram: pair counts, interpolated with the
 *  unigram by Witten & Bell (1991), which needs no tuning and gives every pair some probability. Where the pairs
 *  outgrow their memory (millions of different ones), they are counted up to there and the rest of the training part
 *  counts for the unigram alone. @throws what `pace` throws when it is stopped */
export async function measureBaselines(
  { training, validation }: Dataset,
  vocabulary: number,
  pace: Pace = silentPace,
): Promise<Baselines> {
  const total = training.length + validation.length;
  const counts: Counts = {
    singles: new Float64Array(vocabulary),
    pairs: createPairCounts(vocabulary),
    starts: new Float64Array(vocabulary),
    followers: new Float64Array(vocabulary),
  };
  let hasRoom = true;
  for (let from = 0; from < training.length; from += stretch) {
    const to = Math.min(from + stretch, training.length);
    countSingles(training, from, to, counts);
    if (hasRoom) hasRoom = countPairs(training, Math.max(1, from), to, counts);
    await pace.tick('baselines', to, total);
  }
  let [unigram, bigram] = [0, 0];
  for (let from = 1; from < validation.length; from += stretch) {
    const to = Math.min(from + stretch, validation.length);
    const part = surprise(validation, from, to, counts, training.length + vocabulary);
    unigram += part.unigram;
    bigram += part.bigram;
    await pace.tick('baselines', training.length + to, total);
  }
  const measured = validation.length - 1;
  return { uniform: Math.log(vocabulary), unigram: unigram / measured, bigram: bigram / measured };
}

function countSingles(tokens: TokenArray, from: number, to: number, { singles }: Counts): void {
  for (let i = from; i < to; i++) singles[tokens[i]] += 1;
}

/** False once a new pair has no room. */
function countPairs(tokens: TokenArray, from: number, to: number, { pairs, starts, followers }: Counts): boolean {
  for (let i = from; i < to; i++) {
    const before = tokens[i - 1];
    const seen = pairs.add(before, tokens[i]);
    if (seen < 0) return false;
    if (seen === 0) followers[before] += 1;
    starts[before] += 1;
  }
  return true;
}

/** Sums of −ln p. @param mass counts of all single tokens, plus one each */
function surprise(tokens: TokenArray, from: number, to: number, counts: Counts, mass: number) {
  const { singles, pairs, starts, followers } = counts;
  let [unigram, bigram] = [0, 0];
  for (let i = from; i < to; i++) {
    const [before, token] = [tokens[i - 1], tokens[i]];
    const single = (singles[token] + 1) / mass;
    unigram -= Math.log(single);
    const pairMass = starts[before] + followers[before];
    const together = pairMass === 0 ? 0 : pairs.get(before, token);
    bigram -= Math.log(pairMass === 0 ? single : (together + followers[before] * single) / pairMass);
  }
  return { unigram, bigram };
}
