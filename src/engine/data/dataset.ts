/** Tokens of a corpus, split into a training and a held-out part, and what can be said of them without training. */
import type { Baselines } from '../../contract/messages.ts';
import { ProblemError } from '../problem.ts';

export interface Dataset {
  readonly training: Int32Array;
  /** The end of the text, never trained on; at least one window long. */
  readonly validation: Int32Array;
}

/** Share of the tokens held out. */
const validationShare = 0.1;

/** @param window tokens of one window and its targets, context + 1
 *  @throws ProblemError 'corpus-empty', 'corpus-single-token' or 'corpus-too-short' */
export function splitDataset(tokens: Int32Array, window: number): Dataset {
  if (tokens.length === 0) throw new ProblemError({ where: 'corpus', code: 'corpus-empty', values: {} });
  if (tokens.every((token) => token === tokens[0])) {
    throw new ProblemError({ where: 'corpus', code: 'corpus-single-token', values: {} });
  }
  if (tokens.length < 2 * window) {
    const values = { tokens: tokens.length, needed: 2 * window, context: window - 1 };
    throw new ProblemError({ where: 'corpus', code: 'corpus-too-short', values });
  }
  const held = Math.max(window, Math.floor(tokens.length * validationShare));
  const cut = tokens.length - held;
  return { training: tokens.subarray(0, cut), validation: tokens.subarray(cut) };
}

/** Cross-entropies on the held-out part of guesses that need no training, in nats per token.
 *  Unigram: counts of the training part, plus one each. Bigram: pair counts, interpolated with the unigram by
 *  Witten & Bell (1991), which needs no tuning and gives every pair some probability. */
export function measureBaselines({ training, validation }: Dataset, vocabulary: number): Baselines {
  const counts = new Float64Array(vocabulary);
  for (const token of training) counts[token] += 1;
  const unigram = (token: number) => (counts[token] + 1) / (training.length + vocabulary);
  const pairs = new Map<number, number>();
  const followers = new Float64Array(vocabulary);
  const starts = new Float64Array(vocabulary);
  for (let i = 1; i < training.length; i++) {
    const key = training[i - 1] * vocabulary + training[i];
    const seen = pairs.get(key) ?? 0;
    if (seen === 0) followers[training[i - 1]] += 1;
    pairs.set(key, seen + 1);
    starts[training[i - 1]] += 1;
  }
  let unigramLoss = 0;
  let bigramLoss = 0;
  for (let i = 1; i < validation.length; i++) {
    const [before, token] = [validation[i - 1], validation[i]];
    const single = unigram(token);
    unigramLoss -= Math.log(single);
    const together = pairs.get(before * vocabulary + token) ?? 0;
    const mass = starts[before] + followers[before];
    bigramLoss -= Math.log(mass === 0 ? single : (together + followers[before] * single) / mass);
  }
  const pairsMeasured = validation.length - 1;
  return { uniform: Math.log(vocabulary), unigram: unigramLoss / pairsMeasured, bigram: bigramLoss / pairsMeasured };
}
