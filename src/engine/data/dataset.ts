/** Tokens of a corpus, split into a training and a held-out part. */
import { ProblemError } from '../problem.ts';
import type { TokenArray } from './token-list.ts';

export interface Dataset {
  readonly training: TokenArray;
  /** The end of the text, never trained on; at least one window long. */
  readonly validation: TokenArray;
}

/** Share of the tokens held out. */
const validationShare = 0.1;

/** @param window tokens of one window and its targets, context + 1
 *  @throws ProblemError 'corpus-empty', 'corpus-single-token' or 'corpus-too-short' */
export function splitDataset(tokens: TokenArray, window: number): Dataset {
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
