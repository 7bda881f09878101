/** A score that both objectives can be compared by: the same held-out tokens, guessed by each from what it may read. */
import type { Estimate, FairScore } from '../../contract/results.ts';
import type { TokenArray } from '../data/token-list.ts';
import { type Batch, choosePositions, createBatch } from '../objectives/objective.ts';
import type { Session } from './session.ts';

/** What a model made of each token. */
export interface Outcomes {
  /** −ln of the probability given to the token. */
  readonly nats: Float64Array;
  /** 1 where the most probable token was right. */
  readonly right: Uint8Array;
}

/** What a model may read: the tokens left of the one it guesses, or both sides with [MASK] in its place. */
export type Sight = { readonly sees: 'left' } | { readonly sees: 'both'; readonly mask: number };

/** Two-sided 95 % of the normal distribution. */
const z = 1.959963984540054;

/** Positions evenly spread over a text, each with `context` tokens to its left where the text is long enough. */
export function spreadPositions(count: number, tokens: number, context: number): Int32Array {
  const first = Math.min(context, Math.max(1, tokens - 2 * context));
  const all = tokens - first;
  const taken = Math.min(count, all);
  return Int32Array.from({ length: taken }, (_, i) => first + Math.floor((i * all) / taken));
}

/** Guesses the tokens of `text` at `positions`, one a window, so that no guess lacks what another one took. Either
 *  sight reads one context: all of it left of the token, or half on each side. */
export async function guess(
  session: Session,
  text: TokenArray,
  positions: ArrayLike<number>,
  sight: Sight,
): Promise<Outcomes> {
  const { context } = session.plan.model.configuration;
  const starts = Array.from(positions, (position) => {
    const wanted = sight.sees === 'left' ? position - context : position - (context >> 1);
    return Math.max(0, Math.min(wanted, text.length - context));
  });
  const windows = starts.map((start, i) => ({ start, length: context, position: positions[i] }));
  return guessInWindows(session, text, windows, sight);
}

/** Mean −ln probability of each token given all others, one [MASK] at a time; its exponential is the
 *  pseudo-perplexity (Salazar et al. 2020). Longer texts than the context are read piece by piece. */
export async function pseudoLogLoss(session: Session, text: TokenArray, mask: number): Promise<number> {
  const { context } = session.plan.model.configuration;
  let total = 0;
  for (let start = 0; start < text.length; start += context) {
    const length = Math.min(context, text.length - start);
    const windows = Array.from({ length }, (_, i) => ({ start, length, position: start + i }));
    const { nats } = await guessInWindows(session, text, windows, { sees: 'both', mask });
    total += nats.reduce((sum, value) => sum + value, 0);
  }
  return total / text.length;
}

interface GuessWindow {
  readonly start: number;
  /** Tokens that count; the same for all windows of a call. */
  readonly length: number;
  /** Of the token to guess, in the text. */
  readonly position: number;
}

async function guessInWindows(
  session: Session,
  text: TokenArray,
  windows: readonly GuessWindow[],
  sight: Sight,
): Promise<Outcomes> {
  const { context } = session.plan.model.configuration;
  const { tokens, targets } = session.plan.evaluation.batch;
  const batch = tokens.length / context;
  const capacity = session.plan.evaluation.batch.chosen ? targets.length : undefined;
  const nats = new Float64Array(windows.length);
  const right = new Uint8Array(windows.length);
  for (let from = 0; from < windows.length; from += batch) {
    const group = windows.slice(from, from + batch);
    const target = createBatch({ batch, context }, capacity);
    const rows = fillGroup(target, text, group, context, sight);
    const [{ length }] = group;
    const losses = await session.evaluateRows(target, length === context ? 0 : length);
    rows.forEach((row, i) => {
      nats[from + i] = losses[2 * row];
      right[from + i] = losses[2 * row + 1];
    });
  }
  return { nats, right };
}

/** Puts a group of windows into a batch, one guess each with weight 1; returns the row of each guess. */
function fillGroup(
  target: Batch,
  text: TokenArray,
  group: readonly GuessWindow[],
  context: number,
  sight: Sight,
): number[] {
  const places = group.map(({ start, length, position }, row) => {
    target.tokens.set(text.subarray(start, start + length), row * context);
    return row * context + position - start;
  });
  const wanted = group.map(({ position }) => text[position]);
  if (sight.sees === 'left') {
    places.forEach((place, i) => {
      target.targets[place - 1] = wanted[i];
      target.weights[place - 1] = 1;
    });
    return places.map((place) => place - 1);
  }
  for (const place of places) target.tokens[place] = sight.mask;
  choosePositions(target, places, (place) => wanted[places.indexOf(place)], places.length);
  return places.map((_, slot) => slot);
}

export function score({ nats, right }: Outcomes): FairScore {
  const hits = right.reduce((sum, value) => sum + value, 0);
  const bits = nats.map((value) => value / Math.LN2);
  return { positions: right.length, accuracy: wilson(hits, right.length), bits: meanEstimate(bits) };
}

/** How much better `a` is than `b` on the same tokens: the mean of the differences, which vary less than the scores. */
export function difference(a: Outcomes, b: Outcomes): { readonly accuracy: Estimate; readonly bits: Estimate } {
  return {
    accuracy: meanEstimate(Float64Array.from(a.right, (value, i) => value - b.right[i])),
    bits: meanEstimate(a.nats.map((value, i) => (value - b.nats[i]) / Math.LN2)),
  };
}

/** Share of hits with Wilson's score interval, which holds near 0 and 1 too. */
export function wilson(hits: number, of: number): Estimate {
  const value = hits / of;
  const scale = 1 / (1 + (z * z) / of);
  const center = scale * (value + (z * z) / (2 * of));
  const half = scale * z * Math.sqrt((value * (1 - value)) / of + (z * z) / (4 * of * of));
  return { value, low: Math.max(0, center - half), high: Math.min(1, center + half) };
}

function meanEstimate(values: Float64Array): Estimate {
  const value = values.reduce((sum, each) => sum + each, 0) / values.length;
  const squares = values.reduce((sum, each) => sum + (each - value) ** 2, 0);
  const half = z * Math.sqrt(squares / Math.max(1, values.length - 1) / values.length);
  return { value, low: value - half, high: value + half };
}
