/** Weighted softmax cross-entropy of logits against targets: the root of a training tape. */
import type { Tape } from '../autograd/tape.ts';
import { columnsOf, rowsOf, type Tensor } from '../autograd/tensor.ts';
import { crossEntropy as crossEntropyKernel } from '../kernels/cross-entropy.ts';

export interface CrossEntropyOptions {
  /** Columns of the logits that count; the rest is padding. */
  readonly vocabulary: number;
  /** False for evaluation: the logits stay as they are. */
  readonly gradient: boolean;
  /** f32 of which the first is what the gradient is multiplied by, so that f16 can hold it; nothing where it is left out. */
  readonly scaling?: Tensor;
}

/** Losses [rows, 2]: weight × negative log-likelihood, and weight where the largest logit was right.
 *  Overwrites the logits with their gradient of the summed loss. */
export function crossEntropy(
  tape: Tape,
  logits: Tensor,
  targets: Tensor,
  weights: Tensor,
  { vocabulary, gradient, scaling }: CrossEntropyOptions,
): Tensor {
  const rows = rowsOf(logits);
  const losses = tape.activation([rows, 2], 'losses');
  const attributes = {
    rows,
    vocabulary,
    stride: columnsOf(logits),
    writeGradient: gradient ? 1 : 0,
    scaled: scaling ? 1 : 0,
  };
  tape.call(crossEntropyKernel, attributes, { logits, targets, weights, losses, scaling });
  if (gradient) tape.node([logits], losses, () => tape.contribute(logits, logits));
  return losses;
}
