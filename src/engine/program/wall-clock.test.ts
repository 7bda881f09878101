/** The clock on the host: what every submit costs does not count, however short the call. */
import { describe, expect, it } from 'vitest';
import { leastInTurns, timeOneOfMany } from './wall-clock.ts';

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

describe('in turns', () => {
  /** Calls that take so long each, one sample after the other; the last one says the rest. */
  function timed(name: string, samples: number[], log: string[] = []) {
    return async (calls: number) => {
      log.push(name);
      return calls * (samples.length > 1 ? (samples.shift() ?? 0) : samples[0]);
    };
  }

  it('the least counts, and a spell that slows all changes no order', async () => {
    expect(await leastInTurns([timed('a', [20, 5, 6]), timed('b', [18, 9, 8])])).toEqual([5, 8]);
  });

  it('what is far behind twice has no more turns', async () => {
    const log: string[] = [];
    await leastInTurns([timed('slow', [40], log), timed('fast', [10], log)], undefined, 4);
    expect(log.join(' ')).toBe('slow fast slow fast fast fast');
  });

  it('one sample that something spoiled does no harm', async () => {
    expect(await leastInTurns([timed('a', [60, 5]), timed('b', [6])])).toEqual([5, 6]);
  });

  it('all have one turn, and none another once time is up', async () => {
    const log: string[] = [];
    await leastInTurns([timed('a', [2], log), timed('b', [2], log)], () => log.length > 2, 9);
    expect(log.join(' ')).toBe('a b a');
  });
});
