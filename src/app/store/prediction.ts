/** What the model makes of the prompt, now and at earlier steps, and which tile and step are in view. */
import type { Event, Prediction, Sample } from '../../contract/messages.ts';
import { isRunStatus } from './session.ts';

export interface PredictionState {
  readonly prompt: string;
  /** True once the user has typed: then a new corpus doesn't bring its own prompt. */
  readonly isPromptOwn: boolean;
  /** Predictions of the present prompt, by ascending step; thinned evenly on the scale log(1 + step). */
  readonly predictions: readonly Prediction[];
  /** Position in view, or undefined for the one the page chooses. */
  readonly position?: number;
  /** Step in view, or undefined for now. */
  readonly viewedStep?: number;
  /** What it wrote over time, by ascending step. */
  readonly samples: readonly Sample[];
}

export const initialPrediction: PredictionState = { prompt: '', isPromptOwn: false, predictions: [], samples: [] };

/** Smallest distance between two kept predictions in log10(1 + step): about 200 of them per decade. */
const keptDistance = 0.005;

/** The predictions after an event. */
export function reducePrediction(state: PredictionState, event: Event): PredictionState {
  switch (event.type) {
    case 'prediction':
      return { ...state, predictions: withPrediction(state.predictions, event.prediction) };
    case 'sample':
      return { ...state, samples: withSample(state.samples, event.sample) };
    case 'prepared':
    case 'loaded':
      return { ...state, predictions: [], samples: [], viewedStep: undefined };
    case 'status':
      return isRunStatus(event.status) ? upTo(state, event.step) : state;
    default:
      return state;
  }
}

/** The prediction in view at a step: the last one made up to it. */
export function predictionAt(predictions: readonly Prediction[], step: number): Prediction | undefined {
  for (let index = predictions.length - 1; index >= 0; index--) {
    if (predictions[index].step <= step) return predictions[index];
  }
  return predictions[0];
}

/** The position the page shows where the user chose none: the middle of the prompt, where there is something to read. */
export function shownPosition(state: PredictionState, prediction: Prediction): number {
  const fallback = Math.floor(prediction.tokens.length * 0.4);
  const position = state.position ?? Math.max(1, fallback);
  return Math.max(0, Math.min(position, prediction.tokens.length));
}

function withPrediction(predictions: readonly Prediction[], next: Prediction): readonly Prediction[] {
  const last = predictions.at(-1);
  if (last === undefined || !isSamePrompt(last, next) || next.step < last.step) return [next];
  const beforeLast = predictions.at(-2);
  const isCrowded = beforeLast !== undefined && axis(last.step) - axis(beforeLast.step) < keptDistance;
  return [...(isCrowded || last.step === next.step ? predictions.slice(0, -1) : predictions), next];
}

function withSample(samples: readonly Sample[], next: Sample): readonly Sample[] {
  return [...samples.filter(({ step }) => step < next.step), next];
}

function upTo(state: PredictionState, step: number): PredictionState {
  const isPast = (entry: { readonly step: number }) => entry.step <= step;
  if (state.predictions.every(isPast) && state.samples.every(isPast)) return state;
  const { predictions, samples } = state;
  return { ...state, predictions: predictions.filter(isPast), samples: samples.filter(isPast), viewedStep: undefined };
}

function isSamePrompt(one: Prediction, other: Prediction): boolean {
  return (
    one.dropped === other.dropped &&
    one.tokens.length === other.tokens.length &&
    one.tokens.every((token, index) => token.id === other.tokens[index].id)
  );
}

function axis(step: number): number {
  return Math.log10(1 + step);
}
