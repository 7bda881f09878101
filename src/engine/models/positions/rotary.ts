/** Rotary positions (Su et al. 2021): queries and keys turn with their position, so that distances count. */
import type { PositionScheme } from './position-scheme.ts';

const base = 10_000;

export const rotary: PositionScheme = {
  id: 'rotary',
  label: { en: 'Rotary', zh: '旋转（RoPE）' },
  explanation: {
    en: 'Queries and keys turn by an angle that grows with the position, so that attention sees distances.',
    zh: '查询和键按位置旋转一个角度，使注意力感知相对距离。',
  },
  build: ({ context, width, heads }) => {
    const headWidth = width / heads;
    const pairs = Math.floor(headWidth / 2);
    const values = Float32Array.from({ length: context * pairs * 2 }, (_, i) => {
      const pair = Math.floor(i / 2) % pairs;
      const angle = Math.floor(i / 2 / pairs) * base ** (-pair / pairs);
      return i % 2 === 0 ? Math.cos(angle) : Math.sin(angle);
    });
    return { rotation: { shape: [context, pairs, 2], values } };
  },
};
