/** Norm of all gradients together, the clip scale, and the guard against values that are not finite. */
import source from '../../../shaders/global-norm.wgsl?raw';
import prelude from '../../../shaders/lib/prelude.wgsl?raw';
import reduce from '../../../shaders/lib/reduce.wgsl?raw';
import { defineKernel } from './kernel.ts';

const wgsl = [prelude, reduce, source];
const tunables = { lanes: 64 };

/** Workgroups of the first pass: enough to fill a GPU, few enough for one workgroup to finish. */
export function globalNormGroups(length: number): number {
  return Math.min(256, Math.ceil(length / 1024));
}

export type GlobalNormPartialAttributes = { readonly length: number; readonly groups: number };

export const globalNormPartial = defineKernel<GlobalNormPartialAttributes, 'gradients' | 'partials'>({
  name: 'global norm partial',
  source: wgsl,
  entryPoint: 'partial',
  tunables,
  bindings: { gradients: { access: 'read', element: 'f32' }, partials: { access: 'write', element: 'f32' } },
  grid: ({ groups }) => [groups, 1, 1],
  twin: ({ length, groups }, { gradients, partials }) => {
    for (let group = 0; group < groups; group++) {
      let sum = 0;
      for (let start = group * 64; start < length; start += groups * 64) {
        for (let i = start; i < Math.min(start + 64, length); i++) sum += gradients[i] * gradients[i];
      }
      partials[group] = sum;
    }
  },
});

export type GlobalNormFinalAttributes = { readonly groups: number; readonly clip: number };

export const globalNormFinal = defineKernel<GlobalNormFinalAttributes, 'partials' | 'metrics' | 'control' | 'counters'>(
  {
    name: 'global norm',
    source: wgsl,
    entryPoint: 'final_norm',
    tunables,
    bindings: {
      partials: { access: 'read', element: 'f32' },
      metrics: { access: 'update', element: 'f32' },
      control: { access: 'update', element: 'f32' },
      counters: { access: 'read', element: 'u32', uniform: true },
    },
    grid: () => [1, 1, 1],
    twin: ({ groups, clip }, { partials, metrics, control, counters }) => {
      let squared = 0;
      for (let group = 0; group < groups; group++) squared += partials[group];
      const norm = Math.sqrt(squared);
      const at = counters[2] * 4;
      metrics[at + 2] = norm;
      control[0] = clip > 0 ? Math.min(1, clip / (norm + 1e-6)) : 1;
      if (!Number.isFinite(squared) || !Number.isFinite(metrics[at])) control[1] = 1;
    },
  },
);
