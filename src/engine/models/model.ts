/** What a trunk offers to the objectives: parameters, and logits for a batch of tokens. */
import type { LocalizedText } from '../../contract/catalog.ts';
import type { SizedModelConfiguration } from '../../contract/configuration.ts';
import type { Tape } from '../autograd/tape.ts';
import type { Tensor } from '../autograd/tensor.ts';
import type { Arena } from '../nn/parameters.ts';
import type { TokenIndex } from '../ops/embedding.ts';

/** A batch as the model reads it. */
export interface ModelInputs {
  /** [B, T] i32 */
  readonly tokens: Tensor;
  /** Positions sorted by token; only the backward pass of the embedding reads it. */
  readonly index?: TokenIndex;
}

export interface Model {
  readonly configuration: SizedModelConfiguration;
  readonly arena: Arena;
  /** Records the forward pass; returns logits [B, T, V], V rounded up to a multiple of four.
   *  `dropout` is 0 for everything but training. */
  logits(tape: Tape, inputs: ModelInputs, dropout: number): Tensor;
}

/** Registry entry of an architecture. */
export interface ModelFamily {
  readonly id: string;
  readonly label: LocalizedText;
  readonly explanation: LocalizedText;
  build(configuration: SizedModelConfiguration): Model;
}
