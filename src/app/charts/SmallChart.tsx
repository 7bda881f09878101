/** A small chart with its name and latest value above it. */
import { Line, LineChart, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import type { ChartPoint } from './decimate.ts';
import { stillCurve } from './marks.tsx';
import classes from './SmallChart.module.css';

interface SmallChartProps {
  readonly name: string;
  /** Latest value as text; a dash before there is one. */
  readonly value: string;
  /** `x` from 0 to 1: the place of a step on the axis. */
  readonly points: readonly ChartPoint[];
  /** Of the curve and its value; ink where it is left out. */
  readonly colour?: string;
  readonly height?: number;
  /** True where the axis need not start at 0: then the curve fills the plot. */
  readonly isFitted?: boolean;
}

const margin = { top: 4, right: 2, bottom: 0, left: 0 };
const wholeAxis: [number, number] = [0, 1];
const fitted: [string, string] = ['dataMin', 'dataMax'];
const fromZero: [number, string] = [0, 'auto'];

export default function SmallChart({ name, value, points, colour, height = 64, isFitted }: SmallChartProps) {
  return (
    <figure className={classes.figure}>
      <figcaption className={classes.caption}>
        <span>{name}</span>
        <b style={{ color: colour }}>{value}</b>
      </figcaption>
      <ResponsiveContainer width="100%" height={height}>
        <LineChart data={points} margin={margin} accessibilityLayer={false}>
          <XAxis dataKey="x" type="number" domain={wholeAxis} tick={false} height={2} stroke="var(--rule)" />
          <YAxis hide type="number" domain={isFitted ? fitted : fromZero} />
          <Line
            dataKey="y"
            stroke={colour ?? 'var(--ink2)'}
            strokeWidth={1.25}
            dot={false}
            isAnimationActive={false}
            shape={stillCurve}
          />
        </LineChart>
      </ResponsiveContainer>
    </figure>
  );
}
