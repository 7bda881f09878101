/** Names of BERT weights in the files of Hugging Face's BertForMaskedLM. */
import type { WeightFormat } from './weight-format.ts';

const prefix = 'bert.';
const head = 'cls.predictions';

export const bertFormat: WeightFormat = {
  fileName: (name) => (name.startsWith('cls.') ? name : prefix + name),
  ownName: (fileName) => {
    const bare = fileName.startsWith(prefix) ? fileName.slice(prefix.length) : fileName;
    // Files converted from TensorFlow call the two parameters of a layer norm so.
    return bare.replace(/LayerNorm\.gamma$/, 'LayerNorm.weight').replace(/LayerNorm\.beta$/, 'LayerNorm.bias');
  },
  // A buffer, and the parts of BertForPreTraining that predict whether one sentence follows another.
  ignored: /^embeddings\.position_ids$|^pooler\.|^cls\.seq_relationship\./,
  copies: [
    [`${head}.decoder.weight`, 'embeddings.word_embeddings.weight'],
    [`${head}.decoder.bias`, `${head}.bias`],
  ],
};
