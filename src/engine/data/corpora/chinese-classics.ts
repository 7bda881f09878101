/** Chinese classics in simplified characters, from the package chinese-poetry: fetched on demand, absent without it. */
import type { TextCorpus } from './corpus.ts';

export const chineseClassics: TextCorpus = {
  id: 'chinese-classics',
  label: { en: 'Chinese classics', zh: '唐诗、论语、三字经' },
  explanation: {
    en: '300 Tang Poems, the Analects and the Three Character Classic, in simplified characters.',
    zh: '《唐诗三百首》《论语》《三字经》，简体字。',
  },
  kind: 'text',
  language: 'zh',
  prompt: '床前明月光，疑是地上霜。',
};
