/** What lies behind the curves of every large chart: the axes' type, gridlines, and the baselines with their names. */
import { ReferenceLine } from 'recharts';
import classes from './backdrop.module.css';
import type { Baseline } from './baseline.ts';

export const tickStyle = { fill: 'var(--ink3)', fontSize: 12 } as const;
export const figureClass = classes.figure;

/** Gridlines at values, as direct children of a chart. */
export function gridlines(ticks: readonly number[]) {
  return ticks.map((tick) => <ReferenceLine key={tick} y={tick} stroke="var(--rule)" />);
}

/** Dashed lines with name and value on them, as direct children of a chart. */
export function baselineLines(baselines: readonly Baseline[], say: (value: number) => string) {
  return baselines.map(({ name, value, dash }) => (
    <ReferenceLine
      key={name}
      y={value}
      stroke="var(--ink)"
      strokeDasharray={dash}
      label={{
        value: `${name} ${say(value)}`,
        position: 'insideBottomRight',
        fill: 'var(--ink)',
        fontSize: 13,
        className: classes.halo,
      }}
    />
  ));
}
