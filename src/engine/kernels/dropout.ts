/** Dropout with a mask from counter-based random numbers; its own backward. */
import source from '../../../shaders/dropout.wgsl?raw';
import prelude from '../../../shaders/lib/prelude.wgsl?raw';
import random from '../../../shaders/lib/random.wgsl?raw';
import { defineKernel, rowGrid } from './kernel.ts';
import { dropoutScale } from './random-hash.ts';

export type DropoutAttributes = { readonly length: number; readonly dropout: number; readonly dropoutStream: number };

export const dropout = defineKernel<DropoutAttributes, 'x' | 'output' | 'counters'>({
  name: 'dropout',
  source: [prelude, random, source],
  entryPoint: 'forward',
  bindings: {
    x: { access: 'read', element: 'f32', half: true },
    output: { access: 'write', element: 'f32', half: true },
    counters: { access: 'read', element: 'u32', uniform: true },
  },
  grid: ({ length }) => rowGrid(Math.ceil(length / 64)),
  twin: ({ length, dropout: rate, dropoutStream }, { x, output, counters }) => {
    for (let i = 0; i < length; i++) output[i] = x[i] * dropoutScale(counters[1], counters[0], dropoutStream, i, rate);
  },
});
