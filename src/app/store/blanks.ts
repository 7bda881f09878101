/** What a masked model puts into the blanks of the prompt and of held-out text, and which tokens are blanked. */
import type { Event } from '../../contract/messages.ts';
import type { Blank, BlankPrediction, TokenView } from '../../contract/results.ts';
import { isRunStatus } from './session.ts';
import { emptyWatch, extendWatch, hasSameTokens, type Watch, watchUpTo } from './watch.ts';

export interface BlanksState {
  /** Tokens to blank, by index into the whole prompt, ascending; undefined where the engine chooses. */
  readonly chosen?: readonly number[];
  /** Blank in view, by index into the whole prompt; undefined for the one the page chooses. */
  readonly position?: number;
  /** What it put into the present blanks, since they were first asked about. */
  readonly watch: Watch<BlankPrediction>;
  /** Of held-out text, by ascending step. */
  readonly fills: readonly BlankPrediction[];
}

export const initialBlanks: BlanksState = { watch: emptyWatch, fills: [] };

/** Share of the prompt that is blanked at random. */
const drawnShare = 0.15;

/** The blanks after an event. */
export function reduceBlanks(state: BlanksState, event: Event): BlanksState {
  switch (event.type) {
    case 'blanks':
      return { ...state, watch: extended(state.watch, event.prediction) };
    case 'fills': {
      const { prediction } = event;
      return { ...state, fills: [...state.fills.filter(({ step }) => step < prediction.step), prediction] };
    }
    case 'prepared':
    case 'loaded':
      return { ...state, watch: emptyWatch, fills: [] };
    case 'status':
      return isRunStatus(event.status) ? upTo(state, event.step) : state;
    default:
      return state;
  }
}

/** The prediction in view at a step: the last one made up to it, or the first one. */
export function blanksAt({ predictions }: Watch<BlankPrediction>, step: number): BlankPrediction | undefined {
  return predictions.findLast((prediction) => prediction.step <= step) ?? predictions[0];
}

/** A token of the prompt as the page shows it. */
export interface PromptToken {
  /** Index into the whole prompt. */
  readonly position: number;
  /** What stands there; [MASK] where the user wrote that. */
  readonly token: TokenView;
  readonly isBlank: boolean;
  /** What the model makes of the blank; undefined where it has not answered yet. */
  readonly blank?: Blank;
}

/** The prompt with its blanks as they are wanted now, which the model may not have answered yet. */
export function promptTokens({ chosen }: BlanksState, { tokens, blanks, dropped }: BlankPrediction): PromptToken[] {
  const answered = new Map(blanks.map((blank) => [blank.position, blank]));
  return tokens.map((token, index) => {
    const position = index + dropped;
    const blank = answered.get(index);
    const isWritten = blank !== undefined && blank.truth === undefined;
    const isBlank = isWritten || (chosen ? chosen.includes(position) : blank !== undefined);
    return { position, token: blank?.truth?.token ?? token, isBlank, blank: isBlank ? blank : undefined };
  });
}

/** Where the page looks first: left of the middle, so that the ribbons have a way to go. */
const firstLook = 0.35;

/** The blank in view: the chosen one, or else the one nearest to where the page looks first. */
export function shownBlank({ position }: BlanksState, tokens: readonly PromptToken[]): PromptToken | undefined {
  const blanks = tokens.filter(({ isBlank }) => isBlank);
  const chosen = blanks.find((token) => token.position === position);
  if (chosen) return chosen;
  const distance = (token: PromptToken) => Math.abs(tokens.indexOf(token) - tokens.length * firstLook);
  return blanks.toSorted((one, other) => distance(one) - distance(other))[0];
}

/** The state with one token blanked, or shown again, and that blank in view. */
export function withToggled(state: BlanksState, position: number): BlanksState {
  const latest = state.watch.predictions.at(-1);
  if (!latest) return state;
  const tokens = promptTokens(state, latest);
  const chosen = tokens.filter(({ isBlank, blank }) => isBlank && !isWritten(blank)).map((token) => token.position);
  const target = tokens.find((token) => token.position === position);
  if (!target || isWritten(target.blank)) return { ...state, position };
  if (target.isBlank) return { ...state, chosen: chosen.filter((each) => each !== position), position: undefined };
  return { ...state, chosen: [...chosen, position].sort((one, other) => one - other), position };
}

/** The state with other tokens blanked, drawn at random. @param random uniform in [0, 1) */
export function withDrawn(state: BlanksState, random: () => number): BlanksState {
  const latest = state.watch.predictions.at(-1);
  if (!latest) return state;
  const free = promptTokens(state, latest)
    .filter(({ blank }) => !isWritten(blank))
    .map((token) => token.position);
  const wanted = Math.max(1, Math.round(free.length * drawnShare));
  const drawn: number[] = [];
  while (drawn.length < wanted && free.length > 1) drawn.push(...free.splice(Math.floor(random() * free.length), 1));
  return { ...state, chosen: drawn.sort((one, other) => one - other), position: undefined };
}

/** The blanks after the text of the prompt has changed: those left of the change stay; without any, the engine chooses. */
export function withEdited(state: BlanksState, before: string, after: string): BlanksState {
  const latest = state.watch.predictions.at(-1);
  if (!state.chosen || !latest || latest.dropped > 0) return { ...state, chosen: undefined, position: undefined };
  let same = 0;
  while (same < before.length && before[same] === after[same]) same += 1;
  let end = 0;
  const kept = new Set<number>();
  for (const { position, token } of promptTokens(state, latest)) {
    if (token.kind === 'byte') break;
    end += token.text.length;
    if (end <= same) kept.add(position);
  }
  const chosen = state.chosen.filter((position) => kept.has(position));
  return { ...state, chosen: chosen.length > 0 ? chosen : undefined, position: undefined };
}

/** Chance that the right token was given at a position of the whole prompt, over the steps: [step, chance]. */
export function blankChances({ watch }: BlanksState, position: number): (readonly [number, number])[] {
  return watch.predictions.flatMap(({ step, blanks, dropped }) => {
    const truth = blanks.find((blank) => blank.position + dropped === position)?.truth;
    return truth ? [[step, truth.probability] as const] : [];
  });
}

/** True for a [MASK] that the user wrote: nobody knows what stands there. */
function isWritten(blank: Blank | undefined): boolean {
  return blank !== undefined && blank.truth === undefined;
}

function extended(watch: Watch<BlankPrediction>, next: BlankPrediction): Watch<BlankPrediction> {
  const last = watch.predictions.at(-1);
  return extendWatch(last && isSameQuestion(last, next) ? watch : emptyWatch, next, candidatesOf);
}

function candidatesOf({ blanks }: BlankPrediction): number {
  return blanks.reduce((sum, { candidates }) => sum + candidates.length, 0);
}

function isSameQuestion(one: BlankPrediction, other: BlankPrediction): boolean {
  const truth = ({ blanks }: BlankPrediction) => blanks.map((blank) => blank.truth?.token.id).join();
  return hasSameTokens(one, other) && truth(one) === truth(other);
}

function upTo(state: BlanksState, step: number): BlanksState {
  const watch = watchUpTo(state.watch, step);
  const fills = state.fills.filter((fill) => fill.step <= step);
  return watch === state.watch && fills.length === state.fills.length ? state : { ...state, watch, fills };
}
