/** Sinusoidal positions (Vaswani et al. 2017): waves of many lengths, nothing to learn. */
import type { PositionScheme } from './position-scheme.ts';

const longest = 10_000;

export const sinusoidal: PositionScheme = {
  id: 'sinusoidal',
  label: { en: 'Sinusoidal', zh: '正弦' },
  explanation: {
    en: 'Sine and cosine waves of many lengths mark each position; nothing about it is learned.',
    zh: '用多种波长的正弦和余弦标记每个位置，无需学习。',
  },
  build: ({ context, width, deviation }) => {
    // A sinusoid's root mean square is √½: scaled to that of the token vectors, neither drowns the other.
    const scale = deviation * Math.SQRT2;
    const values = Float32Array.from({ length: context * width }, (_, i) => {
      const column = i % width;
      const angle = Math.floor(i / width) / longest ** ((column - (column % 2)) / width);
      return scale * (column % 2 === 0 ? Math.sin(angle) : Math.cos(angle));
    });
    return { added: { shape: [context, width], values } };
  },
};
