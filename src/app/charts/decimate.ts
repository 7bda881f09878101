/** Thins a long curve for drawing: per bucket of the axis the first, lowest, highest and last point stay, or one mean. */
import { extremeRows, meanOf, type Trend } from '../store/trend.ts';
import type { StepAxis } from './step-axis.ts';

/** A point of a chart. */
export interface ChartPoint {
  readonly x: number;
  readonly y: number;
}

/** A column over steps, both ascending with the run. */
export interface Curve {
  readonly steps: ArrayLike<number>;
  readonly values: ArrayLike<number>;
  readonly trend: Trend;
}

/** At most 4 · buckets points in order and one beyond each end, whatever the length; no peak and no end is lost. */
export function decimate(curve: Curve, axis: StepAxis, buckets: number): ChartPoint[] {
  const { steps, values, trend } = curve;
  const points: ChartPoint[] = [];
  const add = (row: number) => points.push({ x: steps[row], y: values[row] });
  const { first, end } = rowsIn(curve, axis);
  if (first > 0) add(first - 1);
  for (const [start, stop] of bucketsOf(curve, axis, buckets, first, end)) {
    const rows = new Set([start, ...extremeRows(trend, values, start, stop), stop - 1]);
    for (const row of [...rows].sort((a, b) => a - b)) add(row);
  }
  if (end < trend.length) add(end);
  return points;
}

/** The curve as means over a window that is as wide everywhere on the axis, from 0 to 1. */
export function smoothed(curve: Curve, axis: StepAxis, buckets: number, window: number): ChartPoint[] {
  const { steps, trend } = curve;
  const { first, end } = rowsIn(curve, axis);
  return bucketsOf(curve, axis, buckets, first, end).map(([, stop]) => {
    const middle = axis.fraction(steps[stop - 1]);
    // The window shrinks towards the newest point, so that the curve ends where the run is.
    const reach = Math.min(window / 2, Math.max(0, axis.fraction(steps[trend.length - 1]) - middle));
    const from = Math.min(stop - 1, rowAfter(curve, axis.unrounded(middle - Math.max(reach, window / 4)) - 1e-9));
    const to = Math.max(stop, rowAfter(curve, axis.unrounded(middle + reach)));
    return { x: steps[stop - 1], y: meanOf(trend, from, to) };
  });
}

/** Rows inside the axis: [first, end). */
function rowsIn(curve: Curve, { from, to }: StepAxis): { readonly first: number; readonly end: number } {
  return { first: rowAfter(curve, from - 0.5), end: rowAfter(curve, to) };
}

/** The row of the last step up to `step`, or undefined where there is none. */
export function rowAt(curve: Curve, step: number): number | undefined {
  const row = rowAfter(curve, step) - 1;
  return row >= 0 ? row : undefined;
}

/** The filled buckets as [start, stop) of rows. */
function bucketsOf(curve: Curve, axis: StepAxis, buckets: number, first: number, end: number): [number, number][] {
  const filled: [number, number][] = [];
  let start = first;
  for (let bucket = 1; bucket <= buckets && start < end; bucket++) {
    const stop = bucket === buckets ? end : Math.min(end, rowAfter(curve, axis.unrounded(bucket / buckets)));
    if (stop > start) filled.push([start, stop]);
    start = Math.max(start, stop);
  }
  return filled;
}

/** The first row whose step is above `step`. */
function rowAfter({ steps, trend }: Curve, step: number): number {
  let low = 0;
  let high = trend.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (steps[middle] <= step) low = middle + 1;
    else high = middle;
  }
  return low;
}
