/** Fair scores over training, one curve a run with its 95 % band, on the step axis that all charts share. */
import { useMemo } from 'react';
import { Area, ComposedChart, Line, ResponsiveContainer } from 'recharts';
import { Backdrop, figureClass, useStepNames } from './backdrop.tsx';
import type { Baseline } from './baseline.ts';
import { hollowSquare, stillCurve } from './marks.tsx';
import classes from './ScoreChart.module.css';
import { roundTicks } from './step-axis.ts';
import { stepFraction } from './step-scale.ts';

export interface ScoreCurve {
  readonly name: string;
  readonly tone: 'causal' | 'masked';
  readonly dash?: string;
  /** By ascending step. */
  readonly points: readonly {
    readonly step: number;
    readonly value: number;
    readonly low: number;
    readonly high: number;
  }[];
}

interface ScoreChartProps {
  readonly curves: readonly ScoreCurve[];
  readonly baselines: readonly Baseline[];
  readonly totalSteps: number;
  readonly height: number;
  readonly words: {
    readonly chart: string;
    /** A value on the axis. */
    readonly tick: (value: number) => string;
    readonly value: (value: number) => string;
    readonly number: (value: number) => string;
  };
}

const margin = { top: 8, right: 104, bottom: 0, left: 0 } as const;
const axisHeight = 24;
/** Names at the ends of curves lie at least this far apart, in pixels. */
const lineHeight = 18;
/** Bands lie under all lines. */
const bandOpacity = 0.16;

export default function ScoreChart({ curves, baselines, totalSteps, height, words }: ScoreChartProps) {
  const highest = Math.max(
    ...curves.flatMap(({ points }) => points.map(({ high }) => high)),
    ...baselines.map(({ value }) => value),
    0.01,
  );
  const high = highest * 1.04;
  const ticks = useMemo(() => roundTicks(0, highest * 1.02), [highest]);
  const stepNames = useStepNames(totalSteps, words.number);
  const placed = curves.map(({ points, ...curve }) => ({
    ...curve,
    points: points.map(({ step, value, low, high }) => ({
      x: stepFraction(step, totalSteps),
      y: value,
      band: [low, high],
    })),
  }));
  return (
    <figure className={figureClass} aria-label={words.chart}>
      <ResponsiveContainer width="100%" height={height}>
        <ComposedChart margin={margin} accessibilityLayer={false}>
          <Backdrop
            stepNames={stepNames}
            stepsHeight={axisHeight}
            low={0}
            high={high}
            ticks={ticks}
            tickName={words.tick}
            ticksWidth={38}
            baselines={baselines}
            baselineValue={words.value}
          />
          {placed.map(({ name, tone, points }) => (
            <Area
              key={`band ${name}`}
              data={points}
              dataKey="band"
              stroke="none"
              fill={`var(--${tone})`}
              fillOpacity={bandOpacity}
              activeDot={false}
              isAnimationActive={false}
            />
          ))}
          {placed.map(({ name, tone, dash, points }) => (
            <Line
              key={name}
              data={points}
              dataKey="y"
              stroke={`var(--${tone})`}
              strokeWidth={2}
              strokeDasharray={dash}
              dot={markOf(tone)}
              activeDot={false}
              isAnimationActive={false}
              shape={stillCurve}
            />
          ))}
        </ComposedChart>
      </ResponsiveContainer>
      {endsOf(curves, high, height).map(({ name, tone, y }) => (
        <span key={name} className={classes.end} data-tone={tone} style={{ top: y, width: margin.right - 6 }}>
          {name}
        </span>
      ))}
    </figure>
  );
}

function markOf(tone: ScoreCurve['tone']) {
  const colour = `var(--${tone})`;
  if (tone === 'causal') return { r: 3, fill: colour, stroke: 'var(--page)', strokeWidth: 1, strokeDasharray: '' };
  return (place: { readonly cx?: number; readonly cy?: number }) => hollowSquare(place, 6, colour);
}

/** Where the names of the curves stand: beside their ends, moved apart where they would meet. */
function endsOf(curves: readonly ScoreCurve[], top: number, height: number) {
  const plot = height - margin.top - axisHeight;
  const ends = curves
    .flatMap(({ name, tone, points }) => {
      const last = points.at(-1);
      return last ? [{ name, tone, y: margin.top + (1 - last.value / top) * plot - lineHeight / 2 }] : [];
    })
    .sort((one, other) => one.y - other.y);
  for (let i = 1; i < ends.length; i++) ends[i].y = Math.max(ends[i].y, ends[i - 1].y + lineHeight);
  const over = Math.max(0, (ends.at(-1)?.y ?? 0) + lineHeight - (height - axisHeight));
  return ends.map((end) => ({ ...end, y: end.y - over }));
}
