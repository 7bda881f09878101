/** Sums the losses of a micro-batch into the metrics ring. */
import prelude from '../../../shaders/lib/prelude.wgsl?raw';
import reduce from '../../../shaders/lib/reduce.wgsl?raw';
import source from '../../../shaders/metrics.wgsl?raw';
import { defineKernel, inSmallWorkgroups, type Kernel, resized } from './kernel.ts';

export type LossMetricsAttributes = { readonly rows: number; readonly accumulate: number };

type LossMetricsBinding = 'losses' | 'metrics' | 'counters';

export const lossMetrics: Kernel<LossMetricsAttributes, LossMetricsBinding> = defineKernel<
  LossMetricsAttributes,
  LossMetricsBinding
>({
  name: 'loss metrics',
  source: [prelude, reduce, source],
  entryPoint: 'loss',
  tunables: { lanes: 64, threads: 64 },
  bindings: {
    losses: { access: 'read', element: 'f32' },
    metrics: { access: 'update', element: 'f32' },
    counters: { access: 'read', element: 'u32', uniform: true },
  },
  grid: () => [1, 1, 1],
  twin: ({ rows, accumulate }, { losses, metrics, counters }) => {
    const at = counters[2] * 4;
    let loss = accumulate ? metrics[at] : 0;
    let accuracy = accumulate ? metrics[at + 1] : 0;
    for (let row = 0; row < rows; row++) {
      loss += losses[2 * row];
      accuracy += losses[2 * row + 1];
    }
    metrics[at] = loss;
    metrics[at + 1] = accuracy;
  },
  get variants() {
    return variants;
  },
});

const variants = inSmallWorkgroups([8, 32], (threads) => resized(lossMetrics, { threads, lanes: threads }));
