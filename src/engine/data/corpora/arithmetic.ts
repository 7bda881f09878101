/** Generated sums: a task whose right answer can be checked. */
import type { GeneratedCorpus } from './corpus.ts';

export const arithmetic: GeneratedCorpus = {
  id: 'arithmetic',
  label: { en: 'Arithmetic', zh: '加减法' },
  explanation: {
    en: 'Sums and differences of numbers up to 99; the model must learn to carry.',
    zh: '两位数以内的加减法；模型得学会进位。',
  },
  kind: 'generated',
  language: 'en',
  prompt: '12+7=19\n30+45=75\n8+8=',
  example: (random) => {
    const [a, b] = [random.integer(100), random.integer(100)];
    if (random.uniform() < 0.5) return `${a}+${b}=${a + b}`;
    return `${Math.max(a, b)}-${Math.min(a, b)}=${Math.abs(a - b)}`;
  },
};
