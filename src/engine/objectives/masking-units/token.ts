/** Masks each position on its own, as BERT does. */
import type { MaskingUnit } from './masking-unit.ts';

export const token: MaskingUnit = {
  id: 'token',
  label: { en: 'Single tokens', zh: '单个词元' },
  explanation: {
    en: 'Each position is chosen on its own, as in BERT.',
    zh: '逐个位置独立抽取，与 BERT 相同。',
  },
  spread: 1,
  choose: (chosen, _window, rate, random) => {
    for (let i = 0; i < chosen.length; i++) chosen[i] = random.uniform() < rate ? 1 : 0;
  },
};
