/** Steps of compared runs: as many for all, or as much compute for all, within what a run may have. */
import { describe, expect, it } from 'vitest';
import { buildCatalog } from './catalog.ts';
import { levelled } from './level.ts';
import { candidatePresets } from './preset-choice.ts';
import { validateConfiguration } from './validate.ts';

const { defaults } = buildCatalog([], candidatePresets(true)[0], true);
const lasting = (totalSteps: number, warmupSteps = 0) => ({
  ...defaults,
  schedule: { ...defaults.schedule, totalSteps, warmupSteps },
});
const schedulesOf = (...given: Parameters<typeof levelled>) =>
  levelled(...given).map(({ schedule: { totalSteps, warmupSteps } }) => [totalSteps, warmupSteps]);

describe('compared runs train', () => {
  it('for the steps of the first, or for what its compute pays for, rounded up', () => {
    const both = [lasting(1000), lasting(300)];
    expect(schedulesOf(both, [1, 3], 'steps').map(([steps]) => steps)).toEqual([1000, 1000]);
    expect(schedulesOf(both, [1, 3], 'compute').map(([steps]) => steps)).toEqual([1000, 334]);
  });

  it('with a warm-up that is as large a share of it as before', () => {
    expect(schedulesOf([lasting(1000, 50), lasting(1000, 50)], [1, 4], 'compute')).toEqual([
      [1000, 50],
      [250, 13],
    ]);
    expect(schedulesOf([lasting(100_000, 2000), lasting(1000, 500)], [1, 1], 'steps')[1]).toEqual([100_000, 2000]);
  });

  it.each([
    ['shorter where one would get too many steps', 50_000, [8, 2, 4], [25_000, 100_000, 50_000]],
    ['longer where one would get too few', 10, [1, 4, 2], [40, 10, 20]],
    ['within the limits where both would happen', 1000, [1, 1e6, 0.001], [100, 10, 100_000]],
  ])('%s, all by the same factor', (_, steps, flops, expected) => {
    const configurations = levelled(
      flops.map(() => lasting(steps, 10)),
      flops,
      'compute',
    );
    expect(configurations.map(({ schedule }) => schedule.totalSteps)).toEqual(expected);
    for (const each of configurations) expect(() => validateConfiguration(each)).not.toThrow();
  });
});
