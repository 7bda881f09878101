/** Schedules: warm-up, decay, and their ends. */
import { describe, expect, it } from 'vitest';
import { cosine } from './cosine.ts';
import { schedules } from './index.ts';
import { linear } from './linear.ts';
import { learningRateAt } from './schedule.ts';

const configuration = { kind: '', warmupSteps: 10, totalSteps: 110, finalRatio: 0.1 };

describe.each(schedules)('$id', (schedule) => {
  const rate = (step: number) => learningRateAt(schedule, configuration, 0.5, step);

  it('rises in a line to the peak', () => {
    expect(rate(1)).toBeCloseTo(0.05, 12);
    expect(rate(5)).toBeCloseTo(0.25, 12);
    expect(rate(10)).toBe(0.5);
  });

  it('never rises after warm-up and ends where it should', () => {
    for (let step = 11; step <= 110; step++) expect(rate(step)).toBeLessThanOrEqual(rate(step - 1));
    expect(rate(110)).toBeCloseTo(schedule.id === 'constant' ? 0.5 : 0.05, 12);
    expect(rate(500)).toBe(rate(110));
  });

  it('needs no warm-up', () => {
    expect(learningRateAt(schedule, { ...configuration, warmupSteps: 0 }, 0.5, 1)).toBeGreaterThan(0.49);
  });
});

it('cosine and linear are halfway at half time', () => {
  for (const schedule of [cosine, linear]) {
    expect(learningRateAt(schedule, configuration, 1, 60)).toBeCloseTo(0.55, 12);
  }
});
