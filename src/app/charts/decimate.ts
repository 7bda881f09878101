/** Thins a long series for drawing: per bucket of the axis the first, lowest, highest and last point stay. */

/** A point of a chart. */
export interface ChartPoint {
  readonly x: number;
  readonly y: number;
}

/** At most 4 · buckets points in order, whatever the length; no peak and no end is lost.
 *  @param position place of a row on the axis, ascending, from 0 to 1 */
export function decimate(
  steps: ArrayLike<number>,
  values: ArrayLike<number>,
  length: number,
  buckets: number,
  position: (step: number) => number,
): ChartPoint[] {
  const points: ChartPoint[] = [];
  let start = 0;
  while (start < length) {
    const bucket = Math.floor(position(steps[start]) * buckets);
    let end = start + 1;
    while (end < length && Math.floor(position(steps[end]) * buckets) === bucket) end += 1;
    for (const row of extremes(values, start, end)) points.push({ x: steps[row], y: values[row] });
    start = end;
  }
  return points;
}

/** Rows of the first, lowest, highest and last value of [start, end), in order, each once. */
function extremes(values: ArrayLike<number>, start: number, end: number): number[] {
  let lowest = start;
  let highest = start;
  for (let row = start; row < end; row++) {
    if (values[row] < values[lowest]) lowest = row;
    if (values[row] > values[highest]) highest = row;
  }
  return [...new Set([start, lowest, highest, end - 1])].sort((a, b) => a - b);
}
