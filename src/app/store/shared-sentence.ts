/** The sentence that all compared models see: the same tokens, the same blanks, and what each model puts there. */
import type { BlankPrediction, Prediction } from '../../contract/results.ts';
import { type BlanksState, initialBlanks, type PromptToken, promptTokens } from './blanks.ts';
import type { ComparisonState } from './comparison.ts';
import type { AppState } from './state.ts';

/** One token in so many is blank where neither the user nor a model that fills blanks says which. */
const ownBlankInterval = 6;

/** The sentence with its blanks, for choosing others; undefined before any model has answered. */
export function sharedBlanks({ runs, blanks }: ComparisonState): BlanksState | undefined {
  const filled = runs.map((run) => run.blanks.watch.predictions.at(-1)).find((prediction) => prediction !== undefined);
  const read = runs
    .map((run) => run.prediction.watch.predictions.at(-1))
    .find((prediction) => prediction !== undefined);
  const prediction = filled ?? (read && withBlanks(read, ownBlanks(read)));
  if (!prediction) return undefined;
  return { ...initialBlanks, ...blanks, watch: { ...initialBlanks.watch, predictions: [prediction] } };
}

/** Which tokens are blank, by index into the whole prompt. */
export function blankPositions(shared: BlanksState): readonly number[] {
  const [prediction] = shared.watch.predictions;
  return promptTokens(shared, prediction).flatMap(({ isBlank, position }) => (isBlank ? [position] : []));
}

/** The sentence as one of the models sees it; undefined before it has answered. */
export function tokensSeenBy(run: AppState, positions: readonly number[]): readonly PromptToken[] | undefined {
  const read = run.prediction.watch.predictions.at(-1);
  const prediction = run.blanks.watch.predictions.at(-1) ?? (read && withBlanks(read, positions));
  return prediction && promptTokens({ ...initialBlanks, chosen: positions }, prediction);
}

/** A reader from left to right guesses a blank from what stands before it. */
function withBlanks(read: Prediction, positions: readonly number[]): BlankPrediction {
  const { step, tokens, given, candidates, dropped } = read;
  const blanks = positions.flatMap((at) => {
    const position = at - dropped;
    const probability = given[position];
    if (probability === null || probability === undefined) return [];
    return [{ position, truth: { token: tokens[position], probability }, candidates: candidates[position] }];
  });
  return { step, tokens, blanks, dropped };
}

function ownBlanks({ tokens, dropped }: Prediction): number[] {
  const middle = ownBlankInterval >> 1;
  return [...tokens.keys()].filter((index) => index % ownBlankInterval === middle).map((index) => index + dropped);
}
