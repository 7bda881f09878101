/** What an objective is: how raw tokens become inputs and labels, with nobody labelling. */
import type { ObjectiveEntry } from '../../contract/catalog.ts';
import type { MaskingConfiguration } from '../../contract/configuration.ts';
import type { RandomSequence } from '../data/random.ts';
import type { TokenArray } from '../data/token-list.ts';
import type { ObjectiveVocabulary } from './vocabulary.ts';

/** One micro-batch. Its rows are all positions, batch · context of them, or the slots of those that are predicted. */
export interface Batch {
  /** [B, T] */
  readonly tokens: Int32Array;
  /** The label of each row; negative where it does not count. */
  readonly targets: Int32Array;
  /** Share of each row in the loss. */
  readonly weights: Float32Array;
  /** Where only some positions are predicted: which, and the slot of each position; −1 for none. */
  readonly chosen?: { readonly positions: Int32Array; readonly slots: Int32Array };
}

export interface BatchShape {
  readonly batch: number;
  readonly context: number;
}

/** Windows of a text that become a batch. */
export interface Windows extends BatchShape {
  readonly tokens: TokenArray;
  /** First token of each window. */
  readonly starts: Int32Array;
}

export interface ObjectiveSettings {
  readonly masking: MaskingConfiguration;
  readonly vocabulary: ObjectiveVocabulary;
}

export interface Objective extends ObjectiveEntry {
  /** Tokens it needs beside those of text; their ids follow the others. */
  readonly specials: readonly string[];
  /** Tokens that a window must have for `context` positions. */
  window(context: number): number;
  /** Slots for predicted positions; undefined where every position is predicted.
   *  @throws ProblemError for masking that nothing can be learned from */
  capacity(shape: BatchShape, masking: MaskingConfiguration): number | undefined;
  /** Fills `target`; the weights sum to `share`. */
  fill(target: Batch, windows: Windows, share: number, random: RandomSequence, settings: ObjectiveSettings): void;
}

/** @param capacity slots for predicted positions; undefined for a batch that predicts every position */
export function createBatch({ batch, context }: BatchShape, capacity?: number): Batch {
  const length = batch * context;
  const rows = capacity ?? length;
  const common = {
    tokens: new Int32Array(length),
    targets: new Int32Array(rows).fill(-100),
    weights: new Float32Array(rows),
  };
  if (capacity === undefined) return common;
  return { ...common, chosen: { positions: new Int32Array(rows).fill(-1), slots: new Int32Array(length).fill(-1) } };
}

/** Makes `positions`, ascending, the predicted ones of a batch, with equal weights that sum to `share`.
 *  @param labels label of a position
 *  @throws if there are more positions than slots */
export function choosePositions(
  { targets, weights, chosen }: Batch,
  positions: ArrayLike<number>,
  labels: (position: number) => number,
  share: number,
): void {
  if (!chosen || positions.length > targets.length) throw new Error(`${positions.length} positions do not fit`);
  chosen.positions.fill(-1);
  chosen.slots.fill(-1);
  targets.fill(-100);
  weights.fill(0);
  for (let slot = 0; slot < positions.length; slot++) {
    chosen.positions[slot] = positions[slot];
    chosen.slots[positions[slot]] = slot;
    targets[slot] = labels(positions[slot]);
    weights[slot] = share / positions.length;
  }
}
