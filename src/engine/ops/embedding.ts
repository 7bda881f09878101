/** Token embedding, plus positions where they are a table: tokens [B, T] → [B, T, C]. */
import type { Tape } from '../autograd/tape.ts';
import type { Tensor } from '../autograd/tensor.ts';
import { embeddingBackward, embeddingForward } from '../kernels/embedding.ts';

/** Positions of the batch sorted by token, as sortTokens makes them. */
export interface TokenIndex {
  /** i32 [B·T] */
  readonly tokenOrder: Tensor;
  /** i32 [V+1] */
  readonly tokenStarts: Tensor;
}

/** @param tokenTable [rows ≥ V, C]
 *  @param positionTable [rows ≥ T, C]: learned where it has a gradient, else a constant; undefined for none
 *  @param index needed for the backward pass only */
export function embedding(
  tape: Tape,
  tokens: Tensor,
  tokenTable: Tensor,
  positionTable: Tensor | undefined,
  index?: TokenIndex,
): Tensor {
  const [batch, context] = tokens.shape;
  const width = tokenTable.shape[1];
  const size = { batch, context, width, hasPositions: positionTable ? 1 : 0, dropout: 0, dropoutStream: 0 };
  const { counters } = tape;
  const output = tape.activation([batch, context, width], 'embedding');
  tape.call(embeddingForward, size, { tokens, tokenTable, positionTable, output, counters });
  if (!index) return output;
  const learned = positionTable?.gradient ? positionTable : undefined;
  tape.node([tokenTable], output, (outputGradient) => {
    const { tensor: tokenGradient, accumulate: accumulateToken } = tape.target(tokenTable);
    const place = learned && tape.target(learned);
    const rows = { vocabulary: index.tokenStarts.length - 1, positions: learned ? learned.shape[0] : 0 };
    const tensors = { outputGradient, ...index, tokenGradient, positionGradient: place?.tensor, counters };
    const accumulatePosition = place ? place.accumulate : 0;
    tape.call(embeddingBackward, { ...size, ...rows, accumulateToken, accumulatePosition }, tensors);
  });
  return output;
}
