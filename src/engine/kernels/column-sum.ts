/** Sums each column of a matrix. */
import source from '../../../shaders/column-sum.wgsl?raw';
import prelude from '../../../shaders/lib/prelude.wgsl?raw';
import { defineKernel, inSmallWorkgroups, type Kernel, resized, rowGrid } from './kernel.ts';

const columnsPerGroup = 8;

export type ColumnSumAttributes = { readonly rows: number; readonly columns: number; readonly accumulate: number };

export const columnSum: Kernel<ColumnSumAttributes, 'x' | 'sums'> = defineKernel<ColumnSumAttributes, 'x' | 'sums'>({
  name: 'column sum',
  source: [prelude, source],
  entryPoint: 'forward',
  tunables: { threads: 64 },
  bindings: { x: { access: 'read', element: 'f32', half: true }, sums: { access: 'update', element: 'f32' } },
  grid: ({ columns }) => rowGrid(Math.ceil(columns / columnsPerGroup)),
  get variants() {
    return variants;
  },
  twin: ({ rows, columns, accumulate }, { x, sums }) => {
    for (let column = 0; column < columns; column++) {
      let sum = accumulate ? sums[column] : 0;
      for (let row = 0; row < rows; row++) sum += x[row * columns + column];
      sums[column] = sum;
    }
  },
});

const variants = inSmallWorkgroups([8, 4, 32], (threads) => resized(columnSum, { threads }));
