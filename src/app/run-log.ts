/** The run log: one line per step as comma-separated values. */
import { saveFile } from './files.ts';
import type { EvaluationSeries, HistoryState, PointSeries } from './store/history.ts';

const header = 'step,tokens,train_loss,val_loss,learning_rate,grad_norm,tokens_per_second';

/** The log of a run; `val_loss` is empty where it was not measured. */
export function runLog(points: PointSeries, evaluations: EvaluationSeries): string {
  const measured = new Map<number, number>();
  for (let row = 0; row < evaluations.length; row++) {
    measured.set(evaluations.columns.step[row], evaluations.columns.validationLoss[row]);
  }
  const { step, tokens, trainLoss, learningRate, gradientNorm, tokensPerSecond } = points.columns;
  const lines = [header];
  for (let row = 0; row < points.length; row++) {
    const validation = measured.get(step[row]);
    lines.push(
      [
        step[row],
        tokens[row],
        trainLoss[row],
        validation ?? '',
        learningRate[row],
        gradientNorm[row],
        Math.round(tokensPerSecond[row] * 10) / 10,
      ].join(','),
    );
  }
  return `${lines.join('\n')}\n`;
}

/** Offers the log to the user as a file. */
export function saveRunLog({ points, evaluations }: HistoryState): void {
  saveFile(runLog(points, evaluations), 'run-log.csv', 'text/csv');
}
