/** Who is ahead of several models that guessed the same tokens, and by how much. */
import { describe, expect, it } from 'vitest';
import { judge } from './verdict.ts';

describe('the verdict', () => {
  const outcomes = (right: number[], nats: number[]) => ({
    right: Uint8Array.from(right),
    nats: Float64Array.from(nats),
  });

  it('names the best and the next best by each measure, with the gap token by token', () => {
    const { accuracy, bits } = judge([
      outcomes(
        [1, 0, 0, 0],
        [4, 4, 4, 4].map((value) => value * Math.LN2),
      ),
      outcomes(
        [1, 1, 1, 0],
        [3, 3, 3, 3].map((value) => value * Math.LN2),
      ),
      outcomes(
        [1, 1, 0, 0],
        [1, 1, 1, 1].map((value) => value * Math.LN2),
      ),
    ]);
    expect([accuracy.leader, accuracy.other, bits.leader, bits.other]).toEqual([1, 2, 2, 1]);
    expect(accuracy.gap.value).toBe(0.25);
    expect(accuracy.gap.low).toBeLessThan(0);
    expect(bits.gap.value).toBeCloseTo(2, 12);
    expect(bits.gap.low).toBeGreaterThan(1.9);
  });
});
