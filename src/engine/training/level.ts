/** How long each of several compared runs trains, so that all get as many steps, or as much compute. */
import type { RunConfiguration } from '../../contract/configuration.ts';
import type { ComparisonPace } from '../../contract/messages.ts';
import { fields } from './fields.ts';

/** The configurations with the first one's steps, or with as many as its compute pays for, rounded up; each schedule is
 *  as long as its training, so that no learning rate is cut off on its way down.
 *  @param flops of a step of each */
export function levelled(
  configurations: readonly RunConfiguration[],
  flops: readonly number[],
  pace: ComparisonPace,
): RunConfiguration[] {
  const { totalSteps } = configurations[0].schedule;
  const most = fields.find(({ path }) => path === 'schedule.totalSteps')?.maximum ?? totalSteps;
  return configurations.map((configuration, index) => {
    const steps = pace === 'steps' ? totalSteps : Math.ceil((totalSteps * flops[0]) / flops[index]);
    return { ...configuration, schedule: { ...configuration.schedule, totalSteps: Math.min(most, steps) } };
  });
}
