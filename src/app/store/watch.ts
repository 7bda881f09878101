/** What the model made of one prompt over the run: evenly thinned on the scale log(1 + step), and bounded in memory. */
import type { Prediction } from '../../contract/messages.ts';

export interface Watch {
  /** By ascending step. */
  readonly predictions: readonly Prediction[];
  /** Smallest distance of two kept ones in log10(1 + step). */
  readonly distance: number;
}

/** About 200 predictions a decade, as long as they are small. */
const finestDistance = 0.005;
/** Candidates that one watch may hold, about 100 bytes each: 6 MB. A long prompt is kept at fewer steps instead. */
export const mostCandidates = 60_000;

export const emptyWatch: Watch = { predictions: [], distance: finestDistance };

/** The watch with one more prediction of the same prompt, at the last step or a later one. */
export function extendWatch(watch: Watch, next: Prediction): Watch {
  const { predictions, distance } = watch;
  const [last, beforeLast] = [predictions.at(-1), predictions.at(-2)];
  const isCrowded = last && beforeLast && axis(last.step) - axis(beforeLast.step) < distance;
  const kept = isCrowded || last?.step === next.step ? predictions.slice(0, -1) : predictions;
  return fitted({ predictions: [...kept, next], distance });
}

/** The watch up to a step. */
export function watchUpTo(watch: Watch, step: number): Watch {
  const isPast = (entry: Prediction) => entry.step <= step;
  return watch.predictions.every(isPast) ? watch : { ...watch, predictions: watch.predictions.filter(isPast) };
}

/** True where both are about the same tokens. */
export function isSamePrompt(one: Prediction, other: Prediction): boolean {
  return (
    one.dropped === other.dropped &&
    one.tokens.length === other.tokens.length &&
    one.tokens.every((token, index) => token.id === other.tokens[index].id)
  );
}

/** Keeps every other prediction, with both ends, until they fit. */
function fitted(watch: Watch): Watch {
  const { predictions, distance } = watch;
  const last = predictions.length - 1;
  if (last < 2 || candidatesOf(predictions[last]) * predictions.length <= mostCandidates) return watch;
  const thinned = predictions.filter((_, index) => index % 2 === 0 || index === last);
  return fitted({ predictions: thinned, distance: 2 * distance });
}

/** The same at every step of a watch. */
function candidatesOf({ candidates }: Prediction): number {
  return candidates.reduce((sum, list) => sum + list.length, 0);
}

function axis(step: number): number {
  return Math.log10(1 + step);
}
