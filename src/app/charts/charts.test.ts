/** The step axes, the thinning of long curves, and that neither costs more as a run grows. */
import { describe, expect, it } from 'vitest';
import { emptyTrend, extendTrend, extremeRows, meanOf, type Trend, truncateTrend } from '../store/trend.ts';
import { type Curve, decimate, smoothed } from './decimate.ts';
import { axisTicks, roundTicks, stepAxis } from './step-axis.ts';
import { namedSteps, stepAt, stepFraction, stepTicks } from './step-scale.ts';

describe('the step axis', () => {
  it('runs from 0 to the last step and back', () => {
    expect(stepFraction(0, 2000)).toBe(0);
    expect(stepFraction(2000, 2000)).toBe(1);
    for (const step of [0, 1, 7, 10, 99, 1000, 1999]) expect(stepAt(stepFraction(step, 2000), 2000)).toBe(step);
    expect(stepAt(-3, 2000)).toBe(0);
    expect(stepAt(7, 2000)).toBe(2000);
  });

  it('has nine ticks a decade and names the powers of ten', () => {
    expect(stepTicks(25).map((tick) => tick.step)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20]);
    expect(namedSteps(2000)).toEqual([0, 10, 100, 1000]);
    expect(namedSteps(5)).toEqual([0]);
  });
});

function curveOf(steps: ArrayLike<number>, values: ArrayLike<number>): Curve {
  return { steps, values, trend: extendTrend(emptyTrend, values, values.length) };
}

/** The same numbers, with a count of how often one was read. */
function counting(values: Float64Array): { readonly values: ArrayLike<number>; reads: number } {
  const counter = {
    reads: 0,
    values: new Proxy(values, {
      get(target, key) {
        if (typeof key === 'string' && /^\d+$/.test(key)) counter.reads += 1;
        return Reflect.get(target, key);
      },
    }) as ArrayLike<number>,
  };
  return counter;
}

const length = 100_000;
const steps = Float64Array.from({ length }, (_, i) => i + 1);
const values = Float64Array.from(
  { length },
  (_, i) => Math.sin(i / 500) + (i === 54_321 ? 40 : 0) - (i === 999 ? 30 : 0),
);

describe('decimate', () => {
  const whole = stepAxis('logarithmic', 0, length);
  const points = decimate(curveOf(steps, values), whole, 300);

  it('keeps ends and extremes in a bounded number of ordered points', () => {
    expect(points.length).toBeLessThanOrEqual(4 * 300);
    expect(points[0]).toEqual({ x: 1, y: values[0] });
    expect(points.at(-1)).toEqual({ x: length, y: values[length - 1] });
    expect(Math.max(...points.map((point) => point.y))).toBe(values[54_321]);
    expect(Math.min(...points.map((point) => point.y))).toBe(values[999]);
    for (let i = 1; i < points.length; i++) expect(points[i].x).toBeGreaterThan(points[i - 1].x);
  });

  it('changes nothing that is short', () => {
    const axis = stepAxis('linear', 0, 3);
    expect(decimate(curveOf([1, 2, 3], [3, 1, 2]), axis, 300).map((point) => point.y)).toEqual([3, 1, 2]);
    expect(decimate(curveOf([], []), axis, 300)).toEqual([]);
  });

  it('shows every step of a stretch that is short enough, and where the curve goes on', () => {
    const drawn = decimate(curveOf(steps, values), stepAxis('linear', 54_300, 54_340), 300);
    expect(drawn.map((point) => point.x)).toEqual(Array.from({ length: 43 }, (_, i) => 54_299 + i));
  });

  it('reads no more of a run of 100,000 steps than of one of 10,000, give or take a level', () => {
    const readsOf = (count: number) => {
      const counter = counting(values);
      decimate({ steps, values: counter.values, trend: extendTrend(emptyTrend, values, count) }, whole, 160);
      return counter.reads;
    };
    expect(readsOf(length)).toBeLessThan(2 * readsOf(length / 10));
    expect(readsOf(length)).toBeLessThan(160 * 100);
  });
});

describe('the trend of a column', () => {
  it('finds the extremes of any stretch', () => {
    const trend = extendTrend(emptyTrend, values, length);
    for (const [start, end] of [
      [0, 1],
      [0, length],
      [15, 17],
      [900, 70_001],
      [16_384, 65_536],
    ]) {
      const stretch = values.subarray(start, end);
      const [lowest, highest] = extremeRows(trend, values, start, end);
      expect(values[lowest]).toBe(Math.min(...stretch));
      expect(values[highest]).toBe(Math.max(...stretch));
      expect(meanOf(trend, start, end)).toBeCloseTo(stretch.reduce((sum, value) => sum + value, 0) / (end - start));
    }
  });

  it('takes as many readings for the last hundred points of a long run as for the first hundred', () => {
    const readsFor = (from: number) => {
      const counter = counting(values);
      const trend = extendTrend(emptyTrend, values, from);
      for (let row = from; row < from + 112; row += 4) extendTrendInPlace(trend, counter.values, row);
      return counter.reads;
    };
    // 88,000 is no boundary of a block of 4,096 rows, so neither counts a rare large block.
    expect(readsFor(88_000)).toBeLessThanOrEqual(2 * readsFor(16));

    function extendTrendInPlace(before: Trend, column: ArrayLike<number>, row: number): void {
      extendTrend(truncateTrend(before, row), column, row + 4);
    }
  });

  it('is the same grown in pieces, and after going back', () => {
    let trend = emptyTrend;
    for (let end = 7; end < 5000; end += 7) trend = extendTrend(trend, values, end);
    trend = extendTrend(truncateTrend(trend, 1000), values, length);
    const atOnce = extendTrend(emptyTrend, values, length);
    expect(extremeRows(trend, values, 3, 99_000)).toEqual(extremeRows(atOnce, values, 3, 99_000));
    expect(meanOf(trend, 3, 99_000)).toBeCloseTo(meanOf(atOnce, 3, 99_000), 9);
  });
});

describe('smoothing', () => {
  it('averages noise away, keeps a level, and ends at the last step', () => {
    const noisy = Float64Array.from({ length: 2000 }, (_, i) => 3 + (i % 2 === 0 ? 1 : -1));
    const points = smoothed(curveOf(steps, noisy), stepAxis('logarithmic', 0, 2000), 160, 0.05);
    expect(points.at(-1)?.x).toBe(2000);
    for (const { x, y } of points) if (x > 200) expect(Math.abs(y - 3)).toBeLessThan(0.1);
  });
});

describe('an axis', () => {
  it('places steps and finds them again, whole or zoomed', () => {
    for (const axis of [stepAxis('linear', 100, 300), stepAxis('logarithmic', 100, 300), stepAxis('linear', 0, 9)]) {
      expect(axis.fraction(axis.from)).toBeCloseTo(0);
      expect(axis.fraction(axis.to)).toBeCloseTo(1);
      expect(axis.fraction(axis.unrounded(0.3))).toBeCloseTo(0.3);
    }
    expect(stepAxis('logarithmic', 0, 2000).fraction(10)).toBeCloseTo(stepFraction(10, 2000));
  });

  it('names powers of ten where it spans some, and round steps elsewhere', () => {
    expect(axisTicks(stepAxis('logarithmic', 0, 2000))).toEqual([0, 10, 100, 1000]);
    expect(axisTicks(stepAxis('logarithmic', 120, 300))).toEqual([150, 200, 250, 300]);
    expect(axisTicks(stepAxis('logarithmic', 60, 700))).toEqual([100, 200, 500]);
    expect(roundTicks(1.58, 4.3)).toEqual([2, 2.5, 3, 3.5, 4]);
    expect(axisTicks(stepAxis('linear', 0, 2000))).toEqual([0, 500, 1000, 1500, 2000]);
  });
});
