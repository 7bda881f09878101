/** The loss over training on the shared step axis, crossing the baselines that need no training. */
import { useMemo } from 'react';
import {
  Line,
  LineChart,
  ReferenceDot,
  ResponsiveContainer,
  Tooltip,
  usePlotArea,
  useXAxisScale,
  useYAxisScale,
  ZIndexLayer,
} from 'recharts';
import { aboveLines, Backdrop, figureClass, useStepNames } from './backdrop.tsx';
import type { Baseline } from './baseline.ts';
import type { ChartPoint } from './decimate.ts';
import classes from './LossChart.module.css';
import { hollowSquare, stillCurve } from './marks.tsx';
import { stepFraction } from './step-scale.ts';

export interface LossChartProps {
  readonly training: readonly ChartPoint[];
  readonly validation: readonly ChartPoint[];
  /** From the highest down. */
  readonly baselines: readonly Baseline[];
  readonly totalSteps: number;
  readonly viewStep: number;
  /** Step at which the loss was no number. */
  readonly brokenAt?: number;
  readonly height: number;
  /** The mark of the model: a filled circle, or a hollow square for one that fills blanks. */
  readonly mark?: 'circle' | 'square';
  readonly words: {
    readonly chart: string;
    readonly validation: string;
    readonly training: string;
    readonly axis: string;
    readonly empty: string;
    readonly broken: string;
    readonly step: (step: number) => string;
    readonly loss: (value: number) => string;
    readonly number: (value: number) => string;
  };
}

/** Bounds of the axis: all baselines and all curves, with a little air. */
function bounds({ training, validation, baselines }: LossChartProps): [number, number] {
  const values = [...training, ...validation].map((point) => point.y).concat(baselines.map((each) => each.value));
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) return [0, 1];
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  const isEmpty = validation.length + training.length < 3;
  const air = Math.max(0.1, (high - low) * 0.05);
  return [Math.max(0, low - air - (isEmpty ? (high - low) * 0.5 : 0)), high + air];
}

/** Whole or half nats inside the bounds. */
function lossTicks(low: number, high: number): number[] {
  const step = high - low > 2.5 ? 1 : high - low > 1 ? 0.5 : 0.25;
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, i) => (first + i) * step);
}

/** An invisible line that keeps the axes where there is no curve yet. */
function axisEnds(high: number) {
  return [
    { x: 0, y: high },
    { x: 1, y: high },
  ];
}

/** The loss that the eye finds on the curves at a step: on the bold one where it reaches that far. */
function lossAt({ validation, training, baselines }: LossChartProps, step: number): number {
  const upTo = (points: readonly ChartPoint[]) => points.findLast((point) => point.x <= step);
  const [validated, trained] = [upTo(validation), upTo(training)];
  const isRecent = validated !== undefined && 2 * validated.x >= step;
  return (isRecent ? validated : (trained ?? validated))?.y ?? baselines[0]?.value ?? 0;
}

const margin = { top: 8, right: 4, bottom: 0, left: 0 } as const;
const cursorStyle = { stroke: 'var(--edge)' } as const;
const tooltipStyle = { background: 'var(--sheet)', border: '1px solid var(--edge)', borderRadius: 3 } as const;
const smallCircle = { r: 2.5, fill: 'var(--model)', stroke: 'var(--page)', strokeWidth: 1 } as const;
const smallSquare = (place: Parameters<typeof hollowSquare>[0]) => hollowSquare(place, 5);

interface ViewMarkProps {
  /** On the axes. */
  readonly x: number;
  readonly y: number;
  readonly mark: 'circle' | 'square';
}

/** The step in view: a line up to the curve, and a mark upon it. */
function ViewMark({ x, y, mark }: ViewMarkProps) {
  const area = usePlotArea();
  const placeX = useXAxisScale();
  const placeY = useYAxisScale();
  const [cx, cy] = [placeX?.(x), placeY?.(y)];
  if (!area || cx === undefined || cy === undefined) return null;
  return (
    <>
      <path d={`M${cx},${area.y + area.height}V${cy}`} fill="none" stroke="var(--model)" strokeWidth={1.5} />
      <ZIndexLayer zIndex={aboveLines}>
        {mark === 'square' ? (
          hollowSquare({ cx, cy }, 9)
        ) : (
          <circle cx={cx} cy={cy} r={4.5} fill="var(--model)" stroke="var(--page)" />
        )}
      </ZIndexLayer>
    </>
  );
}

export default function LossChart(props: LossChartProps) {
  const { training, validation, baselines, totalSteps, viewStep, brokenAt, height, mark = 'circle', words } = props;
  const x = (step: number) => stepFraction(step, totalSteps);
  const place = (points: readonly ChartPoint[]) =>
    points.map((point) => ({ x: x(point.x), y: point.y, step: point.x }));
  const [low, high] = bounds(props);
  const ticks = useMemo(() => lossTicks(low, high), [low, high]);
  const stepNames = useStepNames(totalSteps, words.number);
  const [lastTraining, lastValidation] = [training.at(-1), validation.at(-1)];
  const isEmpty = training.length === 0;
  return (
    <figure className={figureClass} aria-label={words.chart}>
      <ResponsiveContainer width="100%" height={height}>
        <LineChart margin={margin} accessibilityLayer={false}>
          <Backdrop
            stepNames={stepNames}
            stepsHeight={24}
            low={low}
            high={high}
            ticks={ticks}
            tickName={words.number}
            ticksWidth={30}
            baselines={baselines}
            baselineValue={words.loss}
          />
          <ViewMark x={x(viewStep)} y={lossAt(props, viewStep)} mark={mark} />
          {isEmpty && (
            <Line data={axisEnds(high)} dataKey="y" stroke="none" dot={false} activeDot={false} tooltipType="none" />
          )}
          <Line
            data={place(training)}
            dataKey="y"
            stroke="var(--p3)"
            strokeWidth={1}
            dot={false}
            activeDot={false}
            isAnimationActive={false}
            shape={stillCurve}
            name={words.training}
          />
          <Line
            data={place(validation)}
            dataKey="y"
            stroke="var(--model)"
            strokeWidth={2}
            dot={mark === 'square' ? smallSquare : smallCircle}
            isAnimationActive={false}
            shape={stillCurve}
            name={words.validation}
          />
          {brokenAt !== undefined && lastTraining && (
            <ReferenceDot
              x={x(brokenAt)}
              y={lastTraining.y}
              r={5}
              fill="var(--page)"
              stroke="var(--error)"
              label={{ value: words.broken, position: 'right', fill: 'var(--error)', fontSize: 13 }}
            />
          )}
          <Tooltip
            isAnimationActive={false}
            cursor={cursorStyle}
            contentStyle={tooltipStyle}
            labelFormatter={(value) => words.step(Math.round(Math.expm1(Number(value) * Math.log1p(totalSteps))))}
            formatter={(value) => words.loss(Number(value))}
          />
        </LineChart>
      </ResponsiveContainer>
      {isEmpty && <p className={classes.empty}>{words.empty}</p>}
      {!isEmpty && (
        <p className={classes.ends}>
          {lastValidation && (
            <span className={classes.validation}>
              {words.validation} {words.loss(lastValidation.y)}
            </span>
          )}
          {lastTraining && (
            <span>
              {words.training} {words.loss(lastTraining.y)}
            </span>
          )}
        </p>
      )}
      <figcaption className={classes.axis}>{words.axis}</figcaption>
    </figure>
  );
}
