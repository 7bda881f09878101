/** The curves of the large chart, and what they say at one step. */
import type { DetailCurve } from '../charts/DetailChart.tsx';
import { type Curve, decimate, rowAt, smoothed } from '../charts/decimate.ts';
import type { StepAxis } from '../charts/step-axis.ts';
import type { Words } from '../i18n/use-words.ts';
import type { HistoryState } from '../store/history.ts';
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

export interface Reading {
  readonly kind: DetailCurve['kind'];
  readonly text: string;
}

/** The values at a step in words, exact and not thinned; each says which curve it is read from. */
export function readingAt(
  history: HistoryState,
  { column, smoothing }: Choices,
  step: number,
  words: Words,
): Reading[] {
  const { t, fixed, percent, significant, compact } = words;
  const format = {
    trainLoss: (value: number) => fixed(value, 3),
    accuracy: percent,
    gradientNorm: (value: number) => fixed(value, 3),
    learningRate: (value: number) => significant(value, 3),
    tokensPerSecond: compact,
  }[column];
  const isLoss = column === 'trainLoss';
  const readings: Reading[] = [];
  const read = (curve: Curve, kind: Reading['kind'], name: string) => {
    const row = rowAt(curve, step);
    if (row !== undefined) readings.push({ kind, text: `${name} ${format(curve.values[row])}` });
  };
  read(trainingCurve(history, column), 'faint', isLoss ? t('loss.training') : t(`small.${column}`));
  if (smoothingWindows[smoothing] > 0 && readings.length > 0)
    readings.push({ kind: 'plain', text: t('detail.smoothed') });
  if (isLoss) read(validationCurve(history), 'bold', t('loss.validation'));
  return readings;
}
