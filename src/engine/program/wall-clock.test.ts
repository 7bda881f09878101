/** The clock on the host: what every submit costs does not count, however short the call. */
import { expect, it } from 'vitest';
import { timeOneOfMany } from './wall-clock.ts';

const device = (callMs: number, submitMs: number) => async (calls: number) => submitMs + calls * callMs;

it.each([
  [0.02, 100],
  [0.5, 2],
  [3, 0],
  [900, 5],
])('a call of %s ms, where a submit takes %s', async (callMs, submitMs) => {
  expect(await timeOneOfMany(device(callMs, submitMs))).toBeCloseTo(callMs, 6);
});

it('is never negative, where the clock is too coarse', async () => {
  let late = 8;
  expect(await timeOneOfMany(async () => late--)).toBe(0);
});

it('takes few calls of what is slow', async () => {
  let total = 0;
  await timeOneOfMany(async (calls) => {
    total += calls;
    return 1000 * calls;
  });
  expect(total).toBeLessThanOrEqual(6);
});
