/** Adds a bias to every row. */
import source from '../../../shaders/bias.wgsl?raw';
import prelude from '../../../shaders/lib/prelude.wgsl?raw';
import { defineKernel, rowGrid } from './kernel.ts';

export type BiasAttributes = { readonly rows: number; readonly columns: number };

export const addBias = defineKernel<BiasAttributes, 'x' | 'bias' | 'output'>({
  name: 'bias',
  source: [prelude, source],
  entryPoint: 'forward',
  bindings: {
    x: { access: 'read', element: 'f32', half: true },
    bias: { access: 'read', element: 'f32' },
    output: { access: 'write', element: 'f32', half: true },
  },
  grid: ({ rows, columns }) => rowGrid(Math.ceil((rows * columns) / 64)),
  twin: ({ rows, columns }, { x, bias, output }) => {
    for (let i = 0; i < rows * columns; i++) output[i] = x[i] + bias[i % columns];
  },
});
