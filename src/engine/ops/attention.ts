/** Multi-head attention over qkv [B, T, 3C] → [B, T, C]; scores are never stored. */
import type { Tape } from '../autograd/tape.ts';
import type { Tensor } from '../autograd/tensor.ts';
import { attentionBackwardKeyValue, attentionBackwardQuery, attentionForward } from '../kernels/attention.ts';

export interface AttentionOptions {
  readonly heads: number;
  /** True: position i sees positions ≤ i. */
  readonly causal: boolean;
  /** True: keys from counters[3] on are padding, unless that is 0; forward only. */
  readonly limited?: boolean;
  /** On the attention probabilities. */
  readonly dropout: number;
}

/** @throws if the heads do not divide the width. */
export function attention(tape: Tape, qkv: Tensor, options: AttentionOptions): Tensor {
  const { heads, causal, dropout } = options;
  const [batch, context, tripled] = qkv.shape;
  const width = tripled / 3;
  const headWidth = width / heads;
  if (!Number.isInteger(headWidth)) throw new Error(`${heads} heads do not divide width ${width}`);
  const dropoutStream = dropout > 0 ? tape.nextStream() : 0;
  const switches = { causal: causal ? 1 : 0, limited: options.limited ? 1 : 0 };
  const attributes = { batch, context, heads, headWidth, ...switches, dropout, dropoutStream };
  const { counters } = tape;
  const output = tape.activation([batch, context, width], 'attention', qkv.storage.element);
  const logSumExp = tape.activation([batch, heads, context], 'attention log-sum-exp');
  tape.call(attentionForward, attributes, { qkv, output, logSumExp, counters });
  tape.node([qkv], output, (outputGradient) => {
    const rowDot = tape.activation([batch, heads, context], 'attention row dot');
    const qkvGradient = tape.activation(qkv.shape, 'qkv gradient', qkv.storage.element);
    const saved = { qkv, outputGradient, logSumExp, rowDot, qkvGradient, counters };
    tape.call(attentionBackwardQuery, attributes, { ...saved, output });
    tape.call(attentionBackwardKeyValue, attributes, saved);
    tape.contribute(qkv, qkvGradient);
  });
  return output;
}
