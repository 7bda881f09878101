/** What a drawing asks of a long column: extremes and means of any stretch, at a cost that doesn't grow with the run. */

/** Rows of the lowest and highest value of each complete block, at one block size. */
interface Level {
  readonly lowest: Int32Array;
  readonly highest: Int32Array;
}

/** Grows with its column by appending. Complete blocks never change, so an older view of the arrays stays right. */
export interface Trend {
  readonly length: number;
  /** Blocks of 16, 256, 4096, … rows. */
  readonly levels: readonly Level[];
  /** Sum of the rows up to and with each one. */
  readonly sums: Float64Array;
}

const fanOut = 16;
const firstCapacity = 256;

export const emptyTrend: Trend = { length: 0, levels: [], sums: new Float64Array(0) };

/** The trend of a column that has grown to `length`. Its work is in proportion to the new rows. */
export function extendTrend(trend: Trend, values: ArrayLike<number>, length: number): Trend {
  const sums = grown(trend.sums, length, trend.length, Float64Array);
  for (let row = trend.length; row < length; row++) sums[row] = (row > 0 ? sums[row - 1] : 0) + finite(values[row]);
  const levels: Level[] = [];
  for (let size = fanOut; size <= length; size *= fanOut) {
    levels.push(extendLevel(trend, levels, values, { size, length }));
  }
  return { length, levels, sums };
}

/** The trend of the first `length` rows, copied: what is appended to them must not overwrite that of an older view. */
export function truncateTrend(trend: Trend, length: number): Trend {
  if (length >= trend.length) return trend;
  const levels = trend.levels.map(({ lowest, highest }) => ({ lowest: lowest.slice(), highest: highest.slice() }));
  return { length, levels, sums: trend.sums.slice(0, length) };
}

/** Mean of the rows of [start, end). */
export function meanOf({ sums }: Trend, start: number, end: number): number {
  return (sums[end - 1] - (start > 0 ? sums[start - 1] : 0)) / (end - start);
}

/** Rows of the lowest and the highest value of [start, end), which must not be empty; the first of equals. */
export function extremeRows(
  { levels }: Trend,
  values: ArrayLike<number>,
  start: number,
  end: number,
): readonly [number, number] {
  let [lowest, highest] = [start, start];
  for (let row = start; row < end; ) {
    let [depth, size] = [-1, 1];
    while (depth + 1 < levels.length && row % (size * fanOut) === 0 && row + size * fanOut <= end) {
      depth += 1;
      size *= fanOut;
    }
    const low = depth < 0 ? row : levels[depth].lowest[row / size];
    const high = depth < 0 ? row : levels[depth].highest[row / size];
    if (values[low] < values[lowest]) lowest = low;
    if (values[high] > values[highest]) highest = high;
    row += size;
  }
  return [lowest, highest];
}

/** The level of blocks of `size` rows, from the finer levels below it. */
function extendLevel(
  trend: Trend,
  finer: readonly Level[],
  values: ArrayLike<number>,
  { size, length }: { readonly size: number; readonly length: number },
): Level {
  const before = trend.levels[finer.length];
  const [done, count] = [Math.floor(trend.length / size), Math.floor(length / size)];
  const level = {
    lowest: grown(before?.lowest, count, done, Int32Array),
    highest: grown(before?.highest, count, done, Int32Array),
  };
  const below: Trend = { length, levels: finer, sums: trend.sums };
  for (let block = done; block < count; block++) {
    const [lowest, highest] = extremeRows(below, values, block * size, (block + 1) * size);
    level.lowest[block] = lowest;
    level.highest[block] = highest;
  }
  return level;
}

function grown<T extends Int32Array | Float64Array>(
  array: T | undefined,
  length: number,
  used: number,
  Kind: new (length: number) => T,
): T {
  if (array && array.length >= length) return array;
  const larger = new Kind(Math.max(length, firstCapacity, 2 * (array?.length ?? 0)));
  if (array) larger.set(array.subarray(0, used));
  return larger;
}

/** A loss that is no number must not spoil every mean after it. */
function finite(value: number): number {
  return Number.isFinite(value) ? value : 0;
}
