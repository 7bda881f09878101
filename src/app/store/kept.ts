/** What the page showed of the run that the last reset put aside, to show again when the reset is taken back. */
import type { Event } from '../../contract/messages.ts';
import type { BlanksState } from './blanks.ts';
import type { HistoryState } from './history.ts';
import type { PredictionState } from './prediction.ts';
import type { AppState } from './state.ts';
import type { WritingState } from './writing.ts';

/** What the model did, and nothing that the user has set: that may change while the run is aside. */
export interface KeptState {
  /** Steps that the run had done. */
  readonly step: number;
  readonly history: HistoryState;
  readonly prediction: Pick<PredictionState, 'watch' | 'parked' | 'samples'>;
  readonly blanks: Pick<BlanksState, 'watch' | 'fills'>;
  readonly writing: Pick<WritingState, 'written'>;
}

/** The state after an event, as far as it is about the run put aside. */
export function reduceKept(state: AppState, event: Event): AppState {
  switch (event.type) {
    case 'kept':
      return { ...state, kept: keptOf(state, event.step) };
    case 'restored':
      return state.kept ? restored(state, state.kept) : state;
    case 'released':
    case 'prepared':
      return state.kept ? { ...state, kept: undefined } : state;
    default:
      return state;
  }
}

function keptOf({ history, prediction, blanks, writing }: AppState, step: number): KeptState {
  const { watch, parked, samples } = prediction;
  return {
    step,
    history,
    prediction: { watch, parked, samples },
    blanks: { watch: blanks.watch, fills: blanks.fills },
    writing: { written: writing.written },
  };
}

function restored(state: AppState, { step, history, prediction, blanks, writing }: KeptState): AppState {
  return {
    ...state,
    session: { ...state.session, step },
    history,
    prediction: { ...state.prediction, ...prediction, viewedStep: undefined },
    blanks: { ...state.blanks, ...blanks },
    writing: { ...state.writing, ...writing },
    kept: undefined,
  };
}
