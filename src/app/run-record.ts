/** The whole run as JSON: what was set, what it was trained on, and every measurement. */
import type { RunReport } from '../contract/messages.ts';
import type { EvaluationSeries, PointSeries } from './store/history.ts';
import type { Series } from './store/series.ts';

/** One object: `configuration`, `corpus` in numbers, `baselines`, and columns of `points` and `evaluations`. */
export function runRecord(run: RunReport, points: PointSeries, evaluations: EvaluationSeries): string {
  const { excerpt: _, baselines, ...corpus } = run.corpus;
  const { parameters, vocabulary } = run.plan;
  return JSON.stringify({
    configuration: run.configuration,
    corpus: { ...corpus, vocabulary },
    parameters,
    baselines,
    points: columnsOf(points),
    evaluations: columnsOf(evaluations),
  });
}

/** Columns as arrays; what is no finite number becomes null, as JSON has it. */
function columnsOf<Name extends string>({ columns, length }: Series<Name>): Record<string, number[]> {
  return Object.fromEntries(
    Object.entries<Float64Array>(columns).map(([name, column]) => [name, Array.from(column.subarray(0, length))]),
  );
}
