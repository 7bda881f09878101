/** Tang poems in simplified characters, from the package chinese-poetry: fetched on demand, absent without it. */
import type { TextCorpus } from './corpus.ts';

export const tangPoems: TextCorpus = {
  id: 'tang-poems',
  label: { en: 'Tang poems', zh: '唐诗' },
  explanation: {
    en: 'Eight thousand of the Complete Tang Poems: lines of five or seven characters, written with the 2,000 commonest ones.',
    zh: '《全唐诗》中的八千首五言诗与七言诗，只用最常见的两千个字，简体字。',
  },
  kind: 'text',
  language: 'zh',
  prompt: '白日依山尽，黄河入海流。',
};
