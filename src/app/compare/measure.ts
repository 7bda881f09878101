/** The two measures of a fair score, and how their values are written. */
import type { Estimate, FairScore, Lead, Verdict } from '../../contract/results.ts';
import type { Words } from '../i18n/use-words.ts';

/** Share of right guesses, or bits a blank costs. */
export type Measure = 'accuracy' | 'bits';

export const measures: readonly Measure[] = ['accuracy', 'bits'];

export function estimateOf(score: FairScore, measure: Measure): Estimate {
  return score[measure];
}

export function leadOf(verdict: Verdict, measure: Measure): Lead {
  return verdict[measure];
}

/** 63%, or 1.87. */
export function writeValue(value: number, measure: Measure, { percent, fixed }: Words): string {
  return measure === 'accuracy' ? percent(value) : fixed(value);
}

/** A difference: 22 points, or 0.71 bits. */
export function writeGap(value: number, measure: Measure, words: Words): string {
  const amount = writeGapFigure(value, measure, words);
  return words.t(measure === 'bits' ? 'compare.bitsAmount' : 'compare.points', { amount });
}

/** Its figure alone, with a minus as wide as a digit. */
export function writeGapFigure(value: number, measure: Measure, { fixed, number }: Words): string {
  const size = Math.abs(value);
  const figure = measure === 'bits' ? fixed(size) : number(size * 100, 1);
  return value < 0 ? `\u2212${figure}` : figure;
}
