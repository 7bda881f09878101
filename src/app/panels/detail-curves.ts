/** The curves of the large chart, and what they say at one step. */
import type { DetailCurve } from '../charts/DetailChart.tsx';
import { type Curve, decimate, rowAt, smoothed } from '../charts/decimate.ts';
import type { StepAxis } from '../charts/step-axis.ts';
import type { Words } from '../i18n/use-words.ts';
import type { DrawnColumn, HistoryState } from '../store/history.ts';
import { type Choices, smoothingWindows } from './ChartChoices.tsx';
import { trainingCurve, validationCurve } from './curves.ts';

const buckets = 320;

/** The quantity itself, its smoothed course above it, and beside the training loss the validation loss. */
export function detailCurves(
  history: HistoryState,
  axis: StepAxis,
  { column, smoothing }: Choices,
  { t }: Words,
): DetailCurve[] {
  const curve = trainingCurve(history, column);
  const isLoss = column === 'trainLoss';
  const name = isLoss ? t('loss.training') : t(`small.${column}`);
  const window = smoothingWindows[smoothing];
  const raw: DetailCurve = {
    name,
    kind: window > 0 || isLoss ? 'faint' : 'plain',
    points: decimate(curve, axis, buckets),
  };
  const curves = [raw];
  if (window > 0) {
    curves.push({ name: t('detail.smoothed'), kind: 'plain', points: smoothed(curve, axis, buckets, window) });
  }
  if (isLoss) {
    const points = decimate(validationCurve(history), axis, buckets);
    curves.push({ name: t('loss.validation'), kind: 'bold', points });
  }
  return curves;
}

/** The values at a step in words, exact and not thinned. */
export function readingAt(history: HistoryState, column: DrawnColumn, step: number, words: Words): string {
  const { t, number, fixed, percent, significant, compact } = words;
  const format = {
    trainLoss: (value: number) => fixed(value, 3),
    accuracy: percent,
    gradientNorm: (value: number) => fixed(value, 3),
    learningRate: (value: number) => significant(value, 3),
    tokensPerSecond: compact,
  }[column];
  const valueAt = (curve: Curve) => {
    const row = rowAt(curve, step);
    return row === undefined ? undefined : curve.values[row];
  };
  const name = column === 'trainLoss' ? t('loss.training') : t(`small.${column}`);
  const value = valueAt(trainingCurve(history, column));
  const validation = column === 'trainLoss' ? valueAt(validationCurve(history)) : undefined;
  return [
    t('ruler.step', { step: number(step) }),
    value === undefined ? undefined : `${name} ${format(value)}`,
    validation === undefined ? undefined : `${t('loss.validation')} ${fixed(validation, 3)}`,
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
}
