/** What an objective is: how raw tokens become inputs and labels, with nobody labelling. */
import type { CatalogEntry } from '../../contract/catalog.ts';
import type { RandomSequence } from '../data/random.ts';
import type { TokenArray } from '../data/token-list.ts';

/** One micro-batch; every array has batch · context elements. */
export interface Batch {
  readonly tokens: Int32Array;
  /** The label of each position; negative where it does not count. */
  readonly targets: Int32Array;
  /** Share of each position in the loss. */
  readonly weights: Float32Array;
}

export interface BatchShape {
  readonly batch: number;
  readonly context: number;
}

export interface Objective extends CatalogEntry {
  /** Tokens that a window must have for `context` positions. */
  window(context: number): number;
  /** Fills `target` from windows that start at `starts`; the weights sum to `share`. */
  fill(
    target: Batch,
    shape: BatchShape,
    tokens: TokenArray,
    starts: Int32Array,
    share: number,
    random: RandomSequence,
  ): void;
}

export function createBatch({ batch, context }: BatchShape): Batch {
  const length = batch * context;
  return { tokens: new Int32Array(length), targets: new Int32Array(length), weights: new Float32Array(length) };
}
