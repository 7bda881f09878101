/** Turns queries and keys by their positions' angles, or back. */
import prelude from '../../../shaders/lib/prelude.wgsl?raw';
import source from '../../../shaders/rotary.wgsl?raw';
import { defineKernel, rowGrid } from './kernel.ts';

export type RotaryAttributes = {
  readonly batch: number;
  readonly context: number;
  readonly heads: number;
  readonly headWidth: number;
  /** 1: turns back, as the gradient needs it. */
  readonly inverse: number;
};

export const rotary = defineKernel<RotaryAttributes, 'x' | 'table' | 'y'>({
  name: 'rotary',
  source: [prelude, source],
  entryPoint: 'rotate',
  bindings: {
    x: { access: 'read', element: 'f32', half: true },
    table: { access: 'read', element: 'f32' },
    y: { access: 'write', element: 'f32', half: true },
  },
  grid: ({ batch, context, heads, headWidth }) => rowGrid(Math.ceil((batch * context * 3 * heads * headWidth) / 64)),
  twin: ({ batch, context, heads, headWidth, inverse }, { x, table, y }) => {
    const pairs = Math.floor(headWidth / 2);
    y.set(x);
    for (let row = 0; row < batch * context; row++) {
      for (let head = 0; head < 2 * heads; head++) {
        const start = (row * 3 * heads + head) * headWidth;
        for (let d = 0; d < pairs; d++) {
          const at = 2 * ((row % context) * pairs + d);
          const [cosine, sine] = [table[at], inverse ? -table[at + 1] : table[at + 1]];
          const [a, b] = [x[start + d], x[start + pairs + d]];
          y[start + d] = a * cosine - b * sine;
          y[start + pairs + d] = b * cosine + a * sine;
        }
      }
    }
  },
});
