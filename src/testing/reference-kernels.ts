/** Training on the reference kernels alone: the variants add in another order, and lavapipe takes minutes to compile some. */
import type { GpuBackend } from '../engine/gpu/gpu-backend.ts';
import { shapeKey } from '../engine/gpu/kernel-choice.ts';
import type { SessionPlan } from '../engine/training/session.ts';

/** Makes a backend run the programs of a plan so. */
export function preferReferences({ kernels }: GpuBackend, { step, evaluation, prediction }: SessionPlan): void {
  for (const { program } of [step, evaluation, prediction]) {
    for (const call of program.dispatches) kernels.pick(shapeKey(call), []);
  }
}
