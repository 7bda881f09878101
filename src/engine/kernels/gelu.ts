/** GELU, forward and backward, as kernels of their own; fusion usually folds them into a matmul. */
import source from '../../../shaders/gelu.wgsl?raw';
import gelu from '../../../shaders/lib/gelu.wgsl?raw';
import prelude from '../../../shaders/lib/prelude.wgsl?raw';
import { geluSlope, geluValue } from './gelu-function.ts';
import { defineKernel, rowGrid } from './kernel.ts';

/** `kind` 1: tanh approximation; 2: exact. */
export type GeluAttributes = { readonly length: number; readonly kind: number };

const grid = ({ length }: GeluAttributes) => rowGrid(Math.ceil(length / 64));

export const geluForward = defineKernel<GeluAttributes, 'x' | 'output'>({
  name: 'gelu',
  source: [prelude, gelu, source],
  entryPoint: 'forward',
  bindings: {
    x: { access: 'read', element: 'f32', half: true },
    output: { access: 'write', element: 'f32', half: true },
  },
  grid,
  twin: ({ length, kind }, { x, output }) => {
    for (let i = 0; i < length; i++) output[i] = geluValue(x[i], kind);
  },
});

export const geluBackward = defineKernel<GeluAttributes, 'outputGradient' | 'x' | 'inputGradient'>({
  name: 'gelu backward',
  source: [prelude, gelu, source],
  entryPoint: 'backward_x',
  bindings: {
    outputGradient: { access: 'read', element: 'f32', half: true },
    x: { access: 'read', element: 'f32', half: true },
    inputGradient: { access: 'write', element: 'f32', half: true },
  },
  grid,
  twin: ({ length, kind }, { outputGradient, x, inputGradient }) => {
    for (let i = 0; i < length; i++) inputGradient[i] = outputGradient[i] * geluSlope(x[i], kind);
  },
});
