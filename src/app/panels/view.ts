/** The moment in view, now or earlier, and how unsure the model was then. */

import type { HistoryState } from '../store/history.ts';
import type { PredictionState } from '../store/prediction.ts';
import { countUpTo } from '../store/series.ts';
import type { SessionState } from '../store/session.ts';

/** Training points that make up for a missing validation loss. */
const averagedPoints = 20;
/** An untrained model is unsure about nearly all tokens, by chance a few less. */
const guessingShare = 0.8;

/** The step in view. */
export function stepInView(session: SessionState, prediction: PredictionState): number {
  return Math.min(prediction.viewedStep ?? session.step, session.step);
}

/** Loss at a step in nats per token: the last validation, or the mean of the last training points where that is long ago. */
export function lossAt({ points, evaluations }: HistoryState, step: number): number | undefined {
  const validated = countUpTo(evaluations, 'step', step);
  const end = countUpTo(points, 'step', step);
  const isRecent = validated > 0 && 2 * evaluations.columns.step[validated - 1] >= step;
  if (validated > 0 && (isRecent || end === 0)) return evaluations.columns.validationLoss[validated - 1];
  if (end === 0) return undefined;
  const recent = points.columns.trainLoss.subarray(Math.max(0, end - averagedPoints), end);
  return recent.reduce((sum, loss) => sum + loss, 0) / recent.length;
}

/** The number of equally likely tokens that would leave it as unsure: exp(loss), at least 1 and at most all. */
export function choicesOf(loss: number, vocabulary: number): number {
  const choices = Math.min(vocabulary, Math.max(1, Math.exp(loss)));
  return choices < 3 ? Math.round(choices * 10) / 10 : Math.round(choices);
}

/** True where it knows no more than that there are so many tokens. */
export function isGuessing(choices: number, vocabulary: number): boolean {
  return choices > vocabulary * guessingShare;
}

/** Chance that was given to the token at a position, over the steps of all predictions: [step, chance]. */
export function chancesAt({ predictions }: PredictionState, position: number): readonly (readonly [number, number])[] {
  const chances: [number, number][] = [];
  for (const { step, given } of predictions) {
    const chance = given[position];
    if (chance !== null && chance !== undefined) chances.push([step, chance]);
  }
  return chances;
}
