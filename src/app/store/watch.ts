/** What a model made of one prompt over the run: evenly thinned on the scale log(1 + step), and bounded in memory. */
import type { TokenView } from '../../contract/results.ts';

interface Entry {
  readonly step: number;
}

export interface Watch<Seen extends Entry> {
  /** By ascending step. */
  readonly predictions: readonly Seen[];
  /** Smallest distance of two kept ones in log10(1 + step). */
  readonly distance: number;
}

/** About 200 predictions a decade, as long as they are small. */
const finestDistance = 0.005;
/** Candidates that one watch may hold, about 100 bytes each: 6 MB. A long prompt is kept at fewer steps instead. */
export const mostCandidates = 60_000;

export const emptyWatch: Watch<never> = { predictions: [], distance: finestDistance };

/** The watch with one more prediction of the same prompt; it begins anew where the run has gone back.
 *  @param candidates how many candidates a prediction holds: the same at every step */
export function extendWatch<Seen extends Entry>(
  watch: Watch<Seen>,
  next: Seen,
  candidates: (prediction: Seen) => number,
): Watch<Seen> {
  const { predictions, distance } = watch;
  const [last, beforeLast] = [predictions.at(-1), predictions.at(-2)];
  if (last && next.step < last.step) return { ...emptyWatch, predictions: [next] };
  const isCrowded = last && beforeLast && axis(last.step) - axis(beforeLast.step) < distance;
  const kept = isCrowded || last?.step === next.step ? predictions.slice(0, -1) : predictions;
  return fitted({ predictions: [...kept, next], distance }, candidates(next));
}

/** The watch up to a step. */
export function watchUpTo<Seen extends Entry>(watch: Watch<Seen>, step: number): Watch<Seen> {
  const isPast = (entry: Entry) => entry.step <= step;
  return watch.predictions.every(isPast) ? watch : { ...watch, predictions: watch.predictions.filter(isPast) };
}

interface TokenRow {
  readonly tokens: readonly TokenView[];
  readonly dropped: number;
}

/** True where both are about the same tokens. */
export function hasSameTokens(one: TokenRow, other: TokenRow): boolean {
  return (
    one.dropped === other.dropped &&
    one.tokens.length === other.tokens.length &&
    one.tokens.every((token, index) => token.id === other.tokens[index].id)
  );
}

/** Keeps every other prediction, with both ends, until they fit. */
function fitted<Seen extends Entry>(watch: Watch<Seen>, candidates: number): Watch<Seen> {
  const { predictions, distance } = watch;
  const last = predictions.length - 1;
  if (last < 2 || candidates * predictions.length <= mostCandidates) return watch;
  const thinned = predictions.filter((_, index) => index % 2 === 0 || index === last);
  return fitted({ predictions: thinned, distance: 2 * distance }, candidates);
}

function axis(step: number): number {
  return Math.log10(1 + step);
}
