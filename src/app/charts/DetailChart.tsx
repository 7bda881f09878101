/** One quantity over steps, large: drag or turn the wheel to come closer, point or use the arrows to read. */
import { useMemo } from 'react';
import { Line, LineChart, ResponsiveContainer, usePlotArea } from 'recharts';
import { Backdrop, figureClass } from './backdrop.tsx';
import type { Baseline } from './baseline.ts';
import type { ChartPoint } from './decimate.ts';
import { stillCurve } from './marks.tsx';
import { ReadingPlane } from './ReadingPlane.tsx';
import { axisTicks, roundTicks, type StepAxis } from './step-axis.ts';

export interface DetailCurve {
  readonly name: string;
  readonly kind: 'bold' | 'plain' | 'faint';
  readonly points: readonly ChartPoint[];
}

export interface DetailChartProps {
  readonly curves: readonly DetailCurve[];
  readonly baselines: readonly Baseline[];
  readonly axis: StepAxis;
  readonly valueScale: 'linear' | 'logarithmic';
  /** Step that is being read. */
  readonly cursor: number;
  /** Steps that can be read end here. */
  readonly lastStep: number;
  readonly onCursor: (step: number) => void;
  /** Shows the steps between two; undefined shows the whole run. */
  readonly onZoom: (range: readonly [number, number] | undefined) => void;
  readonly height: number;
  readonly words: {
    readonly chart: string;
    readonly plane: string;
    readonly reading: string;
    readonly number: (value: number) => string;
    readonly step: (value: number) => string;
  };
}

/** Room for the names of the axes, which the plane over the plot must know. */
const plot = { left: 52, right: 12, top: 8, bottom: 24 };
const margin = { top: plot.top, right: plot.right, bottom: 0, left: 0 };

const strokes = {
  bold: { stroke: 'var(--model)', strokeWidth: 2 },
  plain: { stroke: 'var(--ink2)', strokeWidth: 1.5 },
  faint: { stroke: 'var(--p3)', strokeWidth: 1 },
} as const;

/** Bounds of the values with a little air; a logarithmic axis can't hold what is not above 0. */
function valueBounds(
  curves: readonly DetailCurve[],
  baselines: readonly Baseline[],
  scale: DetailChartProps['valueScale'],
): [number, number] {
  const isLinear = scale === 'linear';
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const take = (value: number) => {
    if (!Number.isFinite(value) || (!isLinear && value <= 0)) return;
    low = Math.min(low, value);
    high = Math.max(high, value);
  };
  for (const { points } of curves) for (const { y } of points) take(y);
  for (const { value } of baselines) take(value);
  if (low > high) return isLinear ? [0, 1] : [0.1, 1];
  if (!isLinear) return [low / 1.1, high * 1.1];
  const air = (high - low) * 0.05 || Math.max(high * 0.1, 1e-9);
  return [low >= 0 ? Math.max(0, low - air) : low - air, high + air];
}

/** 1, 2 and 5 times the powers of ten between two values, or round numbers where those are too few. */
function logTicks([low, high]: [number, number]): number[] {
  const first = Math.floor(Math.log10(low));
  const decades = Array.from({ length: Math.ceil(Math.log10(high)) - first + 1 }, (_, index) => 10 ** (first + index));
  const digits = decades.length > 4 ? [1] : [1, 2, 5];
  const ticks = decades.flatMap((decade) => digits.map((digit) => Number((digit * decade).toPrecision(3))));
  const inside = ticks.filter((tick) => tick >= low && tick <= high);
  return inside.length >= 3 ? inside : roundTicks(low, high);
}

/** The curve with places from 0 to 1 instead of steps. */
function placedOn(axis: StepAxis, { points, ...curve }: DetailCurve) {
  return { ...curve, points: points.map(({ x, y }) => ({ x: axis.fraction(x), y })) };
}

/** The step that is being read, where it is in view. */
function Cursor({ x }: { readonly x: number }) {
  const area = usePlotArea();
  if (!area || x < 0 || x > 1) return null;
  return <path d={`M${area.x + x * area.width},${area.y}v${area.height}`} stroke="var(--edge)" />;
}

export function DetailChart(props: DetailChartProps) {
  const { curves, baselines, axis, valueScale, cursor, height, words } = props;
  const nameOf = words.step;
  const placed = useMemo(() => curves.map((curve) => placedOn(axis, curve)), [axis, curves]);
  const stepNames = useMemo(
    () => new Map(axisTicks(axis).map((step) => [axis.fraction(step), nameOf(step)])),
    [axis, nameOf],
  );
  const domain = useMemo(() => valueBounds(curves, baselines, valueScale), [curves, baselines, valueScale]);
  const valueTicks = useMemo(
    () => (valueScale === 'linear' ? roundTicks(...domain) : logTicks(domain)),
    [valueScale, domain],
  );
  return (
    <figure className={figureClass} aria-label={words.chart}>
      <ResponsiveContainer width="100%" height={height}>
        <LineChart margin={margin} accessibilityLayer={false}>
          <Backdrop
            stepNames={stepNames}
            stepsHeight={plot.bottom}
            low={domain[0]}
            high={domain[1]}
            scale={valueScale === 'linear' ? 'linear' : 'log'}
            ticks={valueTicks}
            tickName={words.number}
            ticksWidth={plot.left}
            baselines={baselines}
            baselineValue={words.number}
          />
          <Cursor x={axis.fraction(cursor)} />
          {placed.map(({ name, kind, points }) => (
            <Line
              key={name}
              name={name}
              data={points}
              dataKey="y"
              {...strokes[kind]}
              dot={false}
              activeDot={false}
              isAnimationActive={false}
              shape={stillCurve}
            />
          ))}
        </LineChart>
      </ResponsiveContainer>
      <ReadingPlane {...props} plot={plot} />
    </figure>
  );
}
