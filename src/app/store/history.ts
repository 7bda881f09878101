/** What training has measured so far: points of each step, evaluations, and the seconds spent. */
import type { Event, TrainingPoint } from '../../contract/messages.ts';
import { appendRows, emptySeries, lastValue, type Series, truncateAbove } from './series.ts';
import { isRunStatus } from './session.ts';

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

export interface HistoryState {
  readonly points: PointSeries;
  readonly evaluations: EvaluationSeries;
  /** Step at which the loss was no number; the curve ends in an open mark there. */
  readonly brokenAt?: number;
}

export const initialHistory: HistoryState = {
  points: emptySeries(pointColumns),
  evaluations: emptySeries(evaluationColumns),
};

/** The history after an event. */
export function reduceHistory(state: HistoryState, event: Event): HistoryState {
  switch (event.type) {
    case 'points':
      return { ...state, points: appendPoints(state.points, event.points), brokenAt: undefined };
    case 'evaluation':
      return { ...state, evaluations: appendEvaluation(state.evaluations, event.evaluation) };
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
function appendEvaluation(
  series: EvaluationSeries,
  evaluation: Readonly<Record<'step' | 'validationLoss' | 'accuracy', number>>,
): EvaluationSeries {
  return appendRows(truncateAbove(series, 'step', evaluation.step - 1), [evaluation]);
}

function cleared(state: HistoryState, aboveStep: number): HistoryState {
  return {
    points: truncateAbove(state.points, 'step', aboveStep),
    evaluations: truncateAbove(state.evaluations, 'step', aboveStep),
  };
}
