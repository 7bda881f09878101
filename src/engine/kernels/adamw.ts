/** AdamW with clipping and decoupled decay over the flat arenas of a model. */
import source from '../../../shaders/adamw.wgsl?raw';
import prelude from '../../../shaders/lib/prelude.wgsl?raw';
import { defineKernel, rowGrid } from './kernel.ts';

export type AdamWAttributes = {
  /** Elements; a multiple of 4. */
  readonly length: number;
  /** Elements [0, decayed) are subject to weight decay; a multiple of 4. */
  readonly decayed: number;
  /** Elements [0, copied) are also written to `copy`; a multiple of 4. */
  readonly copied: number;
  readonly beta1: number;
  readonly beta2: number;
  /** 1 − β, rounded once: in float32 arithmetic 1 − 0.999 is off by 5e-5. */
  readonly complement1: number;
  readonly complement2: number;
  readonly epsilon: number;
};

export const adamW = defineKernel<
  AdamWAttributes,
  'parameters' | 'gradients' | 'firstMoment' | 'secondMoment' | 'control' | 'rates' | 'copy'
>({
  name: 'adamw',
  source: [prelude, source],
  entryPoint: 'update',
  bindings: {
    parameters: { access: 'update', element: 'f32' },
    gradients: { access: 'read', element: 'f32' },
    firstMoment: { access: 'update', element: 'f32' },
    secondMoment: { access: 'update', element: 'f32' },
    control: { access: 'read', element: 'f32' },
    rates: { access: 'read', element: 'f32', uniform: true },
    copy: { access: 'write', element: 'f32', half: true, optional: true },
  },
  grid: ({ length }) => rowGrid(Math.ceil(length / 256)),
  twin: (
    { length, decayed, copied, beta1, beta2, complement1, complement2, epsilon },
    { parameters, gradients, firstMoment, secondMoment, control, rates, copy },
  ) => {
    if (control[1] !== 0 || control[2] !== 0) return;
    const [rate, correction1, correction2, weightDecay] = rates;
    const scale = control[0];
    for (let i = 0; i < length; i++) {
      const g = gradients[i] * scale;
      const m = beta1 * firstMoment[i] + complement1 * g;
      const v = beta2 * secondMoment[i] + complement2 * g * g;
      firstMoment[i] = m;
      secondMoment[i] = v;
      const decay = i < decayed ? rate * weightDecay : 0;
      const step = (rate * (m / correction1)) / (Math.sqrt(v / correction2) + epsilon);
      parameters[i] = parameters[i] * (1 - decay) - step;
      if (i < copied) copy[i] = parameters[i];
    }
  },
});
