/** Constant learning rate after warm-up. */
import type { Schedule } from './schedule.ts';

export const constant: Schedule = {
  id: 'constant',
  label: { en: 'constant', zh: '恒定' },
  explanation: { en: 'After warm-up the learning rate stays as it is.', zh: '预热之后学习率保持不变。' },
  decay: () => 1,
};
