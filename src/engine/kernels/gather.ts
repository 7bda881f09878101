/** Gathers rows, and scatters their gradients back through the inverse map. */
import source from '../../../shaders/gather.wgsl?raw';
import prelude from '../../../shaders/lib/prelude.wgsl?raw';
import { type Data, defineKernel, rowGrid } from './kernel.ts';

export type GatherAttributes = {
  readonly rows: number;
  /** Rows of the result. */
  readonly gathered: number;
  readonly width: number;
};

const wgsl = [prelude, source];

export const gatherForward = defineKernel<GatherAttributes, 'x' | 'positions' | 'output'>({
  name: 'gather',
  source: wgsl,
  entryPoint: 'forward',
  bindings: {
    x: { access: 'read', element: 'f32', half: true },
    positions: { access: 'read', element: 'i32' },
    output: { access: 'write', element: 'f32', half: true },
  },
  grid: ({ gathered, width }) => rowGrid(Math.ceil((gathered * width) / 64)),
  twin: ({ gathered, width }, { x, positions, output }) => pickRows(output, gathered, width, x, positions),
});

export const gatherBackward = defineKernel<GatherAttributes, 'outputGradient' | 'slots' | 'inputGradient'>({
  name: 'gather backward',
  source: wgsl,
  entryPoint: 'backward_x',
  bindings: {
    outputGradient: { access: 'read', element: 'f32', half: true },
    slots: { access: 'read', element: 'i32' },
    inputGradient: { access: 'write', element: 'f32', half: true },
  },
  grid: ({ rows, width }) => rowGrid(Math.ceil((rows * width) / 64)),
  twin: ({ rows, width }, { outputGradient, slots, inputGradient }) =>
    pickRows(inputGradient, rows, width, outputGradient, slots),
});

/** target[row] = from[index[row]], zero where the index is negative. */
function pickRows(target: Data, rows: number, width: number, from: Data, index: Data): void {
  for (let row = 0; row < rows; row++) {
    const first = index[row] * width;
    for (let c = 0; c < width; c++) target[row * width + c] = first < 0 ? 0 : from[first + c];
  }
}
