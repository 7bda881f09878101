/** What the device measures of each step, in a ring that the host reads now and then. */
import type { Data } from '../kernels/kernel.ts';
import { metricsFields, metricsSlots } from './programs.ts';

export interface StepMetrics {
  readonly step: number;
  readonly loss: number;
  readonly accuracy: number;
  /** Not finite where half precision skipped the step. */
  readonly gradientNorm: number;
  /** What the gradient of the loss was multiplied by; 0 in single precision. */
  readonly lossScale: number;
}

/** True where the run can't go on. Where half precision skipped a step, the next one has half the scale. */
export function isBroken({ loss, gradientNorm, lossScale }: StepMetrics): boolean {
  return !Number.isFinite(loss) || (!Number.isFinite(gradientNorm) && lossScale <= 1);
}

/** The last slot belongs to evaluations, the others to training steps in turn. */
export const evaluationSlot = metricsSlots - 1;

/** Steps that may pass between two readings of the metrics without one being lost. */
export const longestUnreadRun = metricsSlots - 1;

export function slotOf(step: number): number {
  return step % longestUnreadRun;
}

export function metricsOf(ring: Data, since: number, step: number): StepMetrics[] {
  return Array.from({ length: step - since + 1 }, (_, i) => {
    const at = slotOf(since + i) * metricsFields;
    const [loss, accuracy, gradientNorm, lossScale] = ring.subarray(at, at + metricsFields);
    return { step: since + i, loss, accuracy, gradientNorm, lossScale };
  });
}
