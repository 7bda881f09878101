/** Learned positions, as in GPT-2 and BERT: one trained vector per position. */
import type { PositionScheme } from './position-scheme.ts';

export const learned: PositionScheme = {
  id: 'learned',
  label: { en: 'Learned', zh: '可学习' },
  explanation: {
    en: 'Every position has a vector of its own, trained like the rest, as in GPT-2 and BERT.',
    zh: '每个位置有一个与其他参数一同训练的向量，GPT-2 和 BERT 都是如此。',
  },
  build: ({ registry, name, context, width, deviation }) => ({
    learned: registry.declare(name, [context, width], { kind: 'normal', deviation }),
  }),
};
