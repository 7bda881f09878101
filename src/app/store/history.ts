/** What training has measured so far: points of each step, evaluations, and the seconds spent. */
import type { Event, LossScaling, TrainingPoint } from '../../contract/messages.ts';
import { appendRows, emptySeries, lastValue, type Series, truncateAbove } from './series.ts';
import { isRunStatus } from './session.ts';
import { emptyTrend, extendTrend, type Trend, truncateTrend } from './trend.ts';

const pointColumns = [
  'step',
  'tokens',
  'trainLoss',
  'accuracy',
  'gradientNorm',
  'learningRate',
  'tokensPerSecond',
  'seconds',
] as const;
const evaluationColumns = ['step', 'validationLoss', 'accuracy'] as const;

export type PointSeries = Series<(typeof pointColumns)[number]>;
export type EvaluationSeries = Series<(typeof evaluationColumns)[number]>;

/** Columns that are drawn as curves. */
export const drawnColumns = ['trainLoss', 'accuracy', 'gradientNorm', 'learningRate', 'tokensPerSecond'] as const;
export type DrawnColumn = (typeof drawnColumns)[number];

export interface HistoryState {
  readonly points: PointSeries;
  /** What the drawings ask of each drawn column. */
  readonly trends: Readonly<Record<DrawnColumn, Trend>>;
  readonly evaluations: EvaluationSeries;
  readonly validationTrend: Trend;
  /** Step at which the loss was no number; the curve ends in an open mark there. */
  readonly brokenAt?: number;
  /** As of the last point; absent in single precision. */
  readonly scaling?: LossScaling;
}

/** A history without points. Its columns are its own: two that share them would write into each other. */
export function emptyHistory(): HistoryState {
  return {
    points: emptySeries(pointColumns),
    trends: mapDrawn(() => emptyTrend),
    evaluations: emptySeries(evaluationColumns),
    validationTrend: emptyTrend,
  };
}

export const initialHistory = emptyHistory();

/** The history after an event. */
export function reduceHistory(state: HistoryState, event: Event): HistoryState {
  switch (event.type) {
    case 'points':
      return { ...withPoints(state, event.points), brokenAt: undefined };
    case 'evaluation':
      return withEvaluation(state, event.evaluation);
    case 'prepared':
      return cleared(state, -1);
    case 'loaded':
      return cleared(state, -1);
    case 'status':
      return isRunStatus(event.status) && event.step < (lastValue(state.points, 'step') ?? 0)
        ? cleared(state, event.step)
        : state;
    case 'problem':
      return event.problem.code === 'not-finite' ? { ...state, brokenAt: Number(event.problem.values.step) } : state;
    default:
      return state;
  }
}

/** Seconds of training so far; each point took its tokens over its rate. */
export function elapsedSeconds(points: PointSeries): number {
  return lastValue(points, 'seconds') ?? 0;
}

function withPoints(state: HistoryState, added: readonly TrainingPoint[]): HistoryState {
  const points = appendPoints(state.points, added);
  const trends = mapDrawn((name) => extendTrend(state.trends[name], points.columns[name], points.length));
  return { ...state, points, trends, scaling: added.at(-1)?.scaling };
}

function appendPoints(series: PointSeries, points: readonly TrainingPoint[]): PointSeries {
  let seconds = lastValue(series, 'seconds') ?? 0;
  let tokens = lastValue(series, 'tokens') ?? 0;
  const rows = points.map((point) => {
    seconds += point.tokensPerSecond > 0 ? (point.tokens - tokens) / point.tokensPerSecond : 0;
    tokens = point.tokens;
    return { ...point, seconds };
  });
  return appendRows(series, rows);
}

/** A second evaluation of the same step replaces the first. */
function withEvaluation(
  state: HistoryState,
  evaluation: Readonly<Record<'step' | 'validationLoss' | 'accuracy', number>>,
): HistoryState {
  const kept = truncateAbove(state.evaluations, 'step', evaluation.step - 1);
  const evaluations = appendRows(kept, [evaluation]);
  const { validationLoss } = evaluations.columns;
  const before = truncateTrend(state.validationTrend, kept.length);
  return { ...state, evaluations, validationTrend: extendTrend(before, validationLoss, evaluations.length) };
}

function cleared(state: HistoryState, aboveStep: number): HistoryState {
  const points = truncateAbove(state.points, 'step', aboveStep);
  const evaluations = truncateAbove(state.evaluations, 'step', aboveStep);
  return {
    points,
    trends: mapDrawn((name) => truncateTrend(state.trends[name], points.length)),
    evaluations,
    validationTrend: truncateTrend(state.validationTrend, evaluations.length),
  };
}

function mapDrawn(make: (name: DrawnColumn) => Trend): Record<DrawnColumn, Trend> {
  return Object.fromEntries(drawnColumns.map((name) => [name, make(name)])) as Record<DrawnColumn, Trend>;
}
