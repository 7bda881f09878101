/** Names of GPT-2 weights in the files of Hugging Face's GPT2LMHeadModel. */
import type { WeightFormat } from './weight-format.ts';

const prefix = 'transformer.';

export const gptFormat: WeightFormat = {
  fileName: (name) => prefix + name,
  ownName: (fileName) => (fileName.startsWith(prefix) ? fileName.slice(prefix.length) : fileName),
  // Causal masks that older files carry along.
  ignored: /\.attn\.(bias|masked_bias)$/,
  copies: [['lm_head.weight', 'wte.weight']],
};
