/** Generated sorting tasks: letters, then the same letters in order. */
import type { GeneratedCorpus } from './corpus.ts';

export const sorting: GeneratedCorpus = {
  id: 'sorting',
  label: { en: 'Sorting letters', zh: '字母排序' },
  explanation: {
    en: 'A few letters, then the same letters in alphabetical order: attention must look them up.',
    zh: '先给几个字母，再按字母表顺序写一遍：注意力得回头去找。',
  },
  kind: 'generated',
  language: 'en',
  prompt: 'dbca>abcd\nhgkf>',
  example: (random) => {
    const letters = Array.from({ length: 3 + random.integer(5) }, () => random.pick([...'abcdefghijkl']));
    return `${letters.join('')}>${[...letters].sort().join('')}`;
  },
};
