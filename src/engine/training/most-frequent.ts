/** The guess that needs no model: always the most frequent token. */
import type { Candidate } from '../../contract/results.ts';
import type { PreparedText } from './prepare.ts';

/** Tokens of the training part that are counted: more would not change which is the most frequent. */
const counted = 1 << 20;

/** @param positions in the held-out part
 *  @returns the token, and the share of the positions where that guess is right */
export function mostFrequent({ dataset, tokenizer }: PreparedText, positions: Int32Array): Candidate {
  const counts = new Float64Array(tokenizer.vocabulary);
  for (const token of dataset.training.subarray(0, counted)) counts[token] += 1;
  const best = counts.indexOf(counts.reduce((most, count) => Math.max(most, count), 0));
  const hits = positions.filter((position) => dataset.validation[position] === best).length;
  return { token: tokenizer.view(best), probability: hits / positions.length };
}
