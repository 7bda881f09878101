/** Elementwise sum: output = a + b (+ output). */
import source from '../../../shaders/add.wgsl?raw';
import prelude from '../../../shaders/lib/prelude.wgsl?raw';
import { defineKernel, rowGrid } from './kernel.ts';

export type AddAttributes = { readonly length: number; readonly hasB: number; readonly accumulate: number };

export const add = defineKernel<AddAttributes, 'a' | 'b' | 'output'>({
  name: 'add',
  source: [prelude, source],
  entryPoint: 'forward',
  bindings: {
    a: { access: 'read', element: 'f32', half: true },
    b: { access: 'read', element: 'f32', half: true, optional: true },
    output: { access: 'update', element: 'f32', half: true },
  },
  grid: ({ length }) => rowGrid(Math.ceil(length / 64)),
  twin: ({ length, hasB, accumulate }, { a, b, output }) => {
    for (let i = 0; i < length; i++) output[i] = a[i] + (hasB ? b[i] : 0) + (accumulate ? output[i] : 0);
  },
});
