/** Norm of all gradients together, the clip scale, and the guard against values that are not finite. */
import source from '../../../shaders/global-norm.wgsl?raw';
import prelude from '../../../shaders/lib/prelude.wgsl?raw';
import reduce from '../../../shaders/lib/reduce.wgsl?raw';
import reduceSubgroup from '../../../shaders/lib/reduce-subgroup.wgsl?raw';
import { type DeviceTraits, defineKernel, type Kernel, resized, type Variant } from './kernel.ts';

const wgsl = [prelude, reduce, source];
const tunables = { lanes: 64, threads: 64 };

/** Workgroups of the first pass: enough to fill a GPU, few enough for one workgroup to finish. */
export function globalNormGroups(length: number): number {
  return Math.min(256, Math.ceil(length / 1024));
}

export type GlobalNormPartialAttributes = { readonly length: number; readonly groups: number };

type PartialBinding = 'gradients' | 'partials';

export const globalNormPartial: Kernel<GlobalNormPartialAttributes, PartialBinding> = defineKernel<
  GlobalNormPartialAttributes,
  PartialBinding
>({
  name: 'global norm partial',
  source: wgsl,
  entryPoint: 'partial',
  tunables,
  bindings: { gradients: { access: 'read', element: 'f32' }, partials: { access: 'write', element: 'f32' } },
  grid: ({ groups }) => [groups, 1, 1],
  get variants() {
    return partialVariants;
  },
  twin: ({ length, groups }, { gradients, partials }) => {
    for (let group = 0; group < groups; group++) {
      let sum = 0;
      for (let start = group * 256; start < length; start += groups * 256) {
        for (let i = start; i < Math.min(start + 256, length); i++) sum += gradients[i] * gradients[i];
      }
      partials[group] = sum;
    }
  },
});

/** In one subgroup, which needs no barriers: processors have small ones, and wait long at each. */
function inSubgroup(threads: number): Variant<GlobalNormPartialAttributes, PartialBinding> {
  const kernel = resized(globalNormPartial, { threads, lanes: threads });
  const fits = (_: unknown, { subgroupSize }: DeviceTraits) => subgroupSize >= threads && subgroupSize < 2 * threads;
  return { kernel: { ...kernel, source: [prelude, reduceSubgroup, source] }, fits };
}

const partialVariants = [8, 4].map(inSubgroup);

/** Up to here the loss scale doubles. */
const largestScale = 2 ** 24;

export type GlobalNormFinalAttributes = {
  readonly groups: number;
  readonly clip: number;
  /** Steps without an overflow after which the loss scale doubles; 0 where the loss is not scaled. */
  readonly doubleAfter: number;
};

export const globalNormFinal = defineKernel<
  GlobalNormFinalAttributes,
  'partials' | 'metrics' | 'control' | 'counters' | 'scaling'
>({
  name: 'global norm',
  source: wgsl,
  entryPoint: 'final_norm',
  tunables,
  bindings: {
    partials: { access: 'read', element: 'f32' },
    metrics: { access: 'update', element: 'f32' },
    control: { access: 'update', element: 'f32' },
    counters: { access: 'read', element: 'u32', uniform: true },
    scaling: { access: 'update', element: 'f32', optional: true },
  },
  grid: () => [1, 1, 1],
  twin: ({ groups, clip, doubleAfter }, { partials, metrics, control, counters, scaling }) => {
    let squared = 0;
    for (let group = 0; group < groups; group++) squared += partials[group];
    const scale = doubleAfter ? scaling[0] : 1;
    const norm = Math.sqrt(squared) / scale;
    const at = counters[2] * 4;
    metrics[at + 2] = norm;
    control[0] = (clip > 0 ? Math.min(1, clip / (norm + 1e-6)) : 1) / scale;
    const sound = Number.isFinite(squared);
    if (!Number.isFinite(metrics[at]) || (!sound && scale <= 1)) control[1] = 1;
    if (!doubleAfter) return;
    metrics[at + 3] = scale;
    control[2] = sound ? 0 : 1;
    const steps = sound ? scaling[1] + 1 : 0;
    const doubles = steps >= doubleAfter;
    scaling[0] = Math.min(largestScale, Math.max(1, scale * (doubles ? 2 : sound ? 1 : 0.5)));
    scaling[1] = doubles ? 0 : steps;
  },
});
