/** Softmax cross-entropy, fused with its gradient, which takes the place of the logits. */
import source from '../../../shaders/cross-entropy.wgsl?raw';
import vectorSource from '../../../shaders/cross-entropy-vector.wgsl?raw';
import prelude from '../../../shaders/lib/prelude.wgsl?raw';
import reduce from '../../../shaders/lib/reduce.wgsl?raw';
import { defineKernel, type Kernel, rowGrid } from './kernel.ts';
import { rowVariants } from './row-variants.ts';

const lanes = 8;

export type CrossEntropyAttributes = {
  readonly rows: number;
  readonly vocabulary: number;
  /** Length of a row of logits, at least the vocabulary. */
  readonly stride: number;
  readonly writeGradient: number;
  /** 1: the gradient is multiplied by the loss scale. */
  readonly scaled: number;
};

type CrossEntropyBinding = 'logits' | 'targets' | 'weights' | 'losses' | 'scaling';

export const crossEntropy: Kernel<CrossEntropyAttributes, CrossEntropyBinding> = defineKernel<
  CrossEntropyAttributes,
  CrossEntropyBinding
>({
  name: 'cross-entropy',
  source: [prelude, reduce, source],
  entryPoint: 'forward',
  tunables: { lanes },
  bindings: {
    logits: { access: 'update', element: 'f32' },
    targets: { access: 'read', element: 'i32' },
    weights: { access: 'read', element: 'f32' },
    losses: { access: 'write', element: 'f32' },
    scaling: { access: 'read', element: 'f32', optional: true },
  },
  grid: ({ rows }) => rowGrid(Math.ceil(rows / (64 / lanes))),
  get variants() {
    return variants;
  },
  twin: ({ rows, vocabulary, stride, writeGradient, scaled }, { logits, targets, weights, losses, scaling }) => {
    const scale = scaled ? scaling[0] : 1;
    for (let row = 0; row < rows; row++) {
      const first = row * stride;
      const goal = Math.max(targets[row], 0);
      const weight = targets[row] >= 0 ? weights[row] : 0;
      let best = 0;
      for (let v = 1; v < vocabulary; v++) if (logits[first + v] > logits[first + best]) best = v;
      const largest = logits[first + best];
      let total = 0;
      for (let v = 0; v < vocabulary; v++) total += Math.exp(logits[first + v] - largest);
      losses[2 * row] = weight * (largest + Math.log(total) - logits[first + goal]);
      losses[2 * row + 1] = best === goal ? weight : 0;
      if (!writeGradient) continue;
      for (let v = 0; v < stride; v++) {
        const probability = v < vocabulary ? Math.exp(logits[first + v] - largest) / total : 0;
        logits[first + v] = weight * scale * (probability - (v === goal ? 1 : 0));
      }
    }
  },
});

const variants = rowVariants(crossEntropy, {
  source: (library) => [prelude, library, source, vectorSource],
  entryPoint: 'forward_vector',
  width: ({ stride }) => stride,
});
