/** Append-only columns of numbers: grown by doubling, and never copied per step. */

/** A view of shared columns up to `length`. Appending writes behind `length`, so an older view keeps its rows. */
export interface Series<Name extends string> {
  readonly length: number;
  readonly columns: Readonly<Record<Name, Float64Array>>;
}

const firstCapacity = 256;

/** A series without rows. */
export function emptySeries<Name extends string>(names: readonly Name[]): Series<Name> {
  return { length: 0, columns: mapColumns(names, () => new Float64Array(firstCapacity)) };
}

/** The series with the rows added at its end. */
export function appendRows<Name extends string>(
  series: Series<Name>,
  rows: readonly Readonly<Record<Name, number>>[],
): Series<Name> {
  if (rows.length === 0) return series;
  const names = columnNames(series);
  const length = series.length + rows.length;
  const columns = withCapacity(series, length);
  for (const name of names) {
    const column = columns[name];
    for (let row = 0; row < rows.length; row++) column[series.length + row] = rows[row][name];
  }
  return { length, columns };
}

/** The series without the rows whose `name` is above `limit`; `name` must ascend. The rows that stay are copied:
 *  what is appended to them must not overwrite those of an older view. */
export function truncateAbove<Name extends string>(
  series: Series<Name>,
  name: NoInfer<Name>,
  limit: number,
): Series<Name> {
  const length = countUpTo(series, name, limit);
  if (length === series.length) return series;
  const columns = mapColumns(columnNames(series), (each) => series.columns[each].slice());
  return { length, columns };
}

/** Rows whose `name` is at most `limit`; `name` must ascend. */
export function countUpTo<Name extends string>(series: Series<Name>, name: NoInfer<Name>, limit: number): number {
  const column = series.columns[name];
  let low = 0;
  let high = series.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (column[middle] <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The last value of a column, or undefined where there is none. */
export function lastValue<Name extends string>(series: Series<Name>, name: NoInfer<Name>): number | undefined {
  return series.length > 0 ? series.columns[name][series.length - 1] : undefined;
}

function withCapacity<Name extends string>(series: Series<Name>, length: number): Series<Name>['columns'] {
  const names = columnNames(series);
  const capacity = series.columns[names[0]].length;
  if (length <= capacity) return series.columns;
  const larger = Math.max(length, capacity * 2);
  return mapColumns(names, (name) => {
    const column = new Float64Array(larger);
    column.set(series.columns[name].subarray(0, series.length));
    return column;
  });
}

function columnNames<Name extends string>(series: Series<Name>): Name[] {
  return Object.keys(series.columns) as Name[];
}

function mapColumns<Name extends string>(
  names: readonly Name[],
  make: (name: Name) => Float64Array,
): Record<Name, Float64Array> {
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<Name, Float64Array>;
}
