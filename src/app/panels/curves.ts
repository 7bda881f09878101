/** The curves of a run, by name, for whoever draws them. */
import type { Curve } from '../charts/decimate.ts';
import type { DrawnColumn, HistoryState } from '../store/history.ts';

/** A column of the training points. */
export function trainingCurve({ points, trends }: HistoryState, name: DrawnColumn): Curve {
  return { steps: points.columns.step, values: points.columns[name], trend: trends[name] };
}

export function validationCurve({ evaluations, validationTrend }: HistoryState): Curve {
  return { steps: evaluations.columns.step, values: evaluations.columns.validationLoss, trend: validationTrend };
}
