/** What a trunk offers to the objectives: parameters, and logits for a batch of tokens. */
import type { FamilyEntry } from '../../contract/catalog.ts';
import type { SizedModelConfiguration } from '../../contract/configuration.ts';
import type { Tape } from '../autograd/tape.ts';
import type { Tensor } from '../autograd/tensor.ts';
import type { Arena } from '../nn/parameters.ts';
import type { TokenIndex } from '../ops/embedding.ts';
import type { RowChoice } from '../ops/gather.ts';

/** A batch as the model reads it. */
export interface ModelInputs {
  /** [B, T] i32 */
  readonly tokens: Tensor;
  /** Positions sorted by token; only the backward pass of the embedding reads it. */
  readonly index?: TokenIndex;
  /** Rows of [B·T, C] that reach the output head; all where it is left out. */
  readonly chosen?: RowChoice;
  /** True where rows may end in padding, whose start the counters tell. */
  readonly padded?: boolean;
  /** True: the backward pass computes the activations of a block again instead of keeping them. */
  readonly recomputed?: boolean;
}

/** A table that the host writes once, before the first run. */
export interface Constant {
  readonly tensor: Tensor;
  readonly values: Float32Array;
}

export interface Model {
  readonly configuration: SizedModelConfiguration;
  readonly arena: Arena;
  readonly constants: readonly Constant[];
  /** True: no position sees what stands right of it. */
  readonly causal: boolean;
  /** Records the forward pass; returns logits of every position, or of those chosen, V rounded up to a multiple of
   *  four. `dropout` is 0 for everything but training. */
  logits(tape: Tape, inputs: ModelInputs, dropout: number): Tensor;
}

/** Registry entry of an architecture. */
export interface ModelFamily extends FamilyEntry {
  /** @throws if a registry id of the configuration is unknown */
  build(configuration: SizedModelConfiguration): Model;
}
