/** The shared step axis and the thinning of long curves. */
import { describe, expect, it } from 'vitest';
import { decimate } from './decimate.ts';
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

describe('decimate', () => {
  const length = 100_000;
  const steps = Float64Array.from({ length }, (_, i) => i + 1);
  const values = Float64Array.from(
    { length },
    (_, i) => Math.sin(i / 500) + (i === 54_321 ? 40 : 0) - (i === 999 ? 30 : 0),
  );
  const points = decimate(steps, values, length, 300, (step) => stepFraction(step, length));

  it('keeps ends and extremes in a bounded number of ordered points', () => {
    expect(points.length).toBeLessThanOrEqual(4 * 301);
    expect(points[0]).toEqual({ x: 1, y: values[0] });
    expect(points.at(-1)).toEqual({ x: length, y: values[length - 1] });
    expect(Math.max(...points.map((point) => point.y))).toBe(values[54_321]);
    expect(Math.min(...points.map((point) => point.y))).toBe(values[999]);
    for (let i = 1; i < points.length; i++) expect(points[i].x).toBeGreaterThan(points[i - 1].x);
  });

  it('changes nothing that is short', () => {
    expect(decimate([1, 2, 3], [3, 1, 2], 3, 300, (step) => step / 3).map((point) => point.y)).toEqual([3, 1, 2]);
    expect(decimate([], [], 0, 300, () => 0)).toEqual([]);
  });
});
