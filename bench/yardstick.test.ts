/** Times beside a yardstick, on a machine whose speed changes. */
import { expect, it } from 'vitest';
import { RelativeTimes, Yardstick } from './yardstick.ts';

it('what takes three times as long does so in fast hours and in slow ones', async () => {
  let slowness = 1;
  const yardstick = new Yardstick(async () => 2 * slowness);
  const [one, other] = [new RelativeTimes(yardstick), new RelativeTimes(yardstick)];
  // One meets the slow hours more often than the other does.
  for (slowness of [4, 4, 4, 1, 1]) await one.time(async () => 6 * slowness);
  for (slowness of [1, 1, 1, 4]) await other.time(async () => [6 * slowness, 6 * slowness]);
  expect(one.medianMs / yardstick.medianMs).toBe(3);
  expect(other.medianMs).toBe(one.medianMs);
});
