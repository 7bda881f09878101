/** Which family each call of a training step belongs to, and how many operations the model needs for one. */
import type { KernelFamily } from '../../contract/speed.ts';
import type { Dispatch, Program } from '../program/program.ts';
import { flopsOf } from '../program/work.ts';

type TwoWay = KernelFamily extends infer Family ? (Family extends `${infer Name}Forward` ? Name : never) : never;

/** By the first word of the kernel's name. */
const families: Readonly<Record<string, TwoWay | 'loss' | 'gradientNorm' | 'adamW'>> = {
  matmul: 'matmul',
  attention: 'attention',
  layer: 'layerNorm',
  // Of biases they go into products; what fusion leaves ends a layer norm's backward pass.
  column: 'layerNorm',
  embedding: 'embedding',
  'cross-entropy': 'loss',
  loss: 'loss',
  global: 'gradientNorm',
  adamw: 'adamW',
};

/** By the calls' ranges, since a backend copies calls when it picks their kernels. A micro-batch goes backward from its
 *  loss on, until the next one is embedded; so what is computed again for the gradients counts as backward. */
export function familiesOf(program: Program): Map<Dispatch['ranges'], KernelFamily> {
  let pass: 'Forward' | 'Backward' = 'Forward';
  return new Map(
    program.dispatches.map(({ kernel, ranges }) => {
      if (kernel.name === 'cross-entropy') pass = 'Backward';
      if (kernel.name === 'embedding') pass = 'Forward';
      const family = families[kernel.name.split(' ')[0]] ?? 'elementwise';
      const isOneWay = family === 'loss' || family === 'gradientNorm' || family === 'adamW';
      return [ranges, isOneWay ? family : (`${family}${pass}` as const)];
    }),
  );
}

/** Floating-point operations that the model needs for a training step: those of its forward pass, and twice as many for
 *  the gradients (Chowdhery et al. 2022, appendix B). What is computed again to save memory is no need of the model. */
export function modelFlops(program: Program): number {
  const familyOf = familiesOf(program);
  const forward = program.dispatches.filter(({ ranges }) => familyOf.get(ranges)?.endsWith('Forward'));
  return 3 * forward.reduce((sum, call) => sum + flopsOf(call), 0);
}
