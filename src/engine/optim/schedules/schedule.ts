/** What a schedule is: the learning rate of each step, warm-up included. */
import type { CatalogEntry } from '../../../contract/catalog.ts';
import type { ScheduleConfiguration } from '../../../contract/configuration.ts';

export interface Schedule extends CatalogEntry {
  /** Share of the peak rate once warm-up is over. @param progress 0 after warm-up to 1 at the last step */
  decay(progress: number, finalRatio: number): number;
}

/** Learning rate of a step, from 1: rises in a line to the peak at step `warmupSteps`, then follows the schedule. */
export function learningRateAt(
  schedule: Schedule,
  { warmupSteps, totalSteps, finalRatio }: ScheduleConfiguration,
  peak: number,
  step: number,
): number {
  if (step <= warmupSteps) return (peak * step) / warmupSteps;
  const progress = Math.min(1, (step - warmupSteps) / Math.max(1, totalSteps - warmupSteps));
  return peak * schedule.decay(progress, finalRatio);
}
