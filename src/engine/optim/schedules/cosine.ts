/** Learning rate that falls along half a cosine after warm-up (Loshchilov & Hutter 2017). */
import type { Schedule } from './schedule.ts';

export const cosine: Schedule = {
  id: 'cosine',
  label: { en: 'cosine', zh: '余弦' },
  explanation: {
    en: 'After warm-up the learning rate falls along half a cosine: slowly, fast, slowly.',
    zh: '预热之后学习率沿半个余弦下降：先慢，再快，再慢。',
  },
  decay: (progress, finalRatio) => finalRatio + (1 - finalRatio) * 0.5 * (1 + Math.cos(Math.PI * progress)),
};
