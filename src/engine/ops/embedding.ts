/** Token plus position embedding: tokens [B, T] → [B, T, C]. */
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
 *  @param positionTable [rows ≥ T, C]
 *  @param index needed for the backward pass only */
export function embedding(
  tape: Tape,
  tokens: Tensor,
  tokenTable: Tensor,
  positionTable: Tensor,
  index?: TokenIndex,
): Tensor {
  const [batch, context] = tokens.shape;
  const width = tokenTable.shape[1];
  const size = { batch, context, width, dropout: 0, dropoutStream: 0 };
  const { counters } = tape;
  const output = tape.activation([batch, context, width], 'embedding');
  tape.call(embeddingForward, size, { tokens, tokenTable, positionTable, output, counters });
  if (!index) return output;
  tape.node([tokenTable, positionTable], output, (outputGradient) => {
    const { tensor: tokenGradient, accumulate: accumulateToken } = tape.target(tokenTable);
    const { tensor: positionGradient, accumulate: accumulatePosition } = tape.target(positionTable);
    const rows = { vocabulary: index.tokenStarts.length - 1, positions: positionTable.shape[0] };
    const tensors = { outputGradient, ...index, tokenGradient, positionGradient, counters };
    tape.call(embeddingBackward, { ...size, ...rows, accumulateToken, accumulatePosition }, tensors);
  });
  return output;
}
