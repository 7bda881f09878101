/** Learning rate that falls in a line after warm-up. */
import type { Schedule } from './schedule.ts';

export const linear: Schedule = {
  id: 'linear',
  label: { en: 'linear', zh: '线性' },
  explanation: { en: 'After warm-up the learning rate falls in a straight line.', zh: '预热之后学习率沿直线下降。' },
  decay: (progress, finalRatio) => 1 - (1 - finalRatio) * progress,
};
