/** How long each of several compared runs trains, so that all get as many steps, or as much compute. */
import type { RunConfiguration } from '../../contract/configuration.ts';
import type { ComparisonPace } from '../../contract/messages.ts';
import { fields } from './fields.ts';

/** The configurations with the first one's steps, or with as many as its compute pays for, rounded up. Where one would get
 *  more or fewer steps than a run may have, all are shorter or longer by the same factor. Each schedule is as long as
 *  its training, warm-up and all, so that no learning rate is cut off on its way down.
 *  @param flops of a step of each */
export function levelled(
  configurations: readonly RunConfiguration[],
  flops: readonly number[],
  pace: ComparisonPace,
): RunConfiguration[] {
  const { totalSteps } = configurations[0].schedule;
  const wanted = flops.map((each) => (pace === 'steps' ? totalSteps : (totalSteps * flops[0]) / each));
  const { minimum, maximum } = rangeOf('schedule.totalSteps');
  const longer = Math.max(1, minimum / Math.min(...wanted));
  const factor = Math.min(longer, maximum / Math.max(...wanted));
  return configurations.map((configuration, index) => {
    // What is whole but for rounding is whole.
    const steps = Math.ceil(wanted[index] * factor - 1e-6);
    return lasting(configuration, Math.min(maximum, Math.max(minimum, steps)));
  });
}

function lasting(configuration: RunConfiguration, totalSteps: number): RunConfiguration {
  const { schedule } = configuration;
  const share = schedule.warmupSteps / schedule.totalSteps;
  const warmupSteps = Math.min(rangeOf('schedule.warmupSteps').maximum, Math.round(share * totalSteps));
  return { ...configuration, schedule: { ...schedule, totalSteps, warmupSteps } };
}

function rangeOf(path: string): { readonly minimum: number; readonly maximum: number } {
  return fields.find((field) => field.path === path) ?? { minimum: 0, maximum: Number.POSITIVE_INFINITY };
}
