/** What the model makes of the prompt, now and at earlier steps, and which tile and step are in view. */
import type { Event } from '../../contract/messages.ts';
import type { Prediction, Sample } from '../../contract/results.ts';
import { isRunStatus } from './session.ts';
import { emptyWatch, extendWatch, hasSameTokens, type Watch, watchUpTo } from './watch.ts';

export interface PredictionState {
  readonly prompt: string;
  /** True once the user has typed: then a new corpus doesn't bring its own prompt. */
  readonly isPromptOwn: boolean;
  /** What it made of the present prompt, since that was first asked. */
  readonly watch: Watch<Prediction>;
  /** Of earlier prompts of this run, the latest first: who types one of them again finds its past again. */
  readonly parked: readonly Watch<Prediction>[];
  /** Position in view, or undefined for the one the page chooses. */
  readonly position?: number;
  /** Step in view, or undefined for now. */
  readonly viewedStep?: number;
  /** What it wrote over time, by ascending step. */
  readonly samples: readonly Sample[];
}

export const initialPrediction: PredictionState = {
  prompt: '',
  isPromptOwn: false,
  watch: emptyWatch,
  parked: [],
  samples: [],
};

const mostParked = 4;
/** A prompt on the way to another, seen while it was typed, is not worth keeping. */
const fewestParked = 3;

/** The predictions after an event. */
export function reducePrediction(state: PredictionState, event: Event): PredictionState {
  switch (event.type) {
    case 'prediction':
      return withPrediction(state, event.prediction);
    case 'sample':
      return { ...state, samples: withSample(state.samples, event.sample) };
    case 'prepared':
    case 'loaded':
      return { ...state, watch: emptyWatch, parked: [], samples: [], viewedStep: undefined };
    case 'status':
      return isRunStatus(event.status) ? upTo(state, event.step) : state;
    default:
      return state;
  }
}

/** The prediction in view at a step: the last one made up to it; undefined where the prompt had not been asked yet. */
export function predictionAt({ predictions }: Watch<Prediction>, step: number): Prediction | undefined {
  return predictions.findLast((prediction) => prediction.step <= step);
}

/** The position the page shows where the user chose none: the middle of the prompt, where there is something to read. */
export function shownPosition(state: PredictionState, prediction: Prediction): number {
  const fallback = Math.floor(prediction.tokens.length * 0.4);
  const position = state.position ?? Math.max(1, fallback);
  return Math.max(0, Math.min(position, prediction.tokens.length));
}

function withPrediction(state: PredictionState, next: Prediction): PredictionState {
  const { watch, parked } = state;
  const last = watch.predictions.at(-1);
  if (last && hasSameTokens(last, next)) return { ...state, watch: extendWatch(watch, next, candidatesOf) };
  const isAbout = (each: Watch<Prediction>) => hasSameTokens(each.predictions[0], next);
  const leaves = watch.predictions.length >= fewestParked ? [watch] : [];
  return {
    ...state,
    watch: extendWatch(parked.find(isAbout) ?? emptyWatch, next, candidatesOf),
    parked: [...leaves, ...parked.filter((each) => !isAbout(each))].slice(0, mostParked),
  };
}

function candidatesOf({ candidates }: Prediction): number {
  return candidates.reduce((sum, list) => sum + list.length, 0);
}

function withSample(samples: readonly Sample[], next: Sample): readonly Sample[] {
  return [...samples.filter(({ step }) => step < next.step), next];
}

function upTo(state: PredictionState, step: number): PredictionState {
  const watch = watchUpTo(state.watch, step);
  const samples = state.samples.filter((sample) => sample.step <= step);
  if (watch === state.watch && samples.length === state.samples.length) return state;
  const parked = state.parked.map((each) => watchUpTo(each, step)).filter((each) => each.predictions.length > 0);
  return { ...state, watch, parked, samples, viewedStep: undefined };
}
