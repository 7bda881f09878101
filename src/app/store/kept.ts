/** What the page showed of the run that the last reset put aside, to show again when the reset is taken back. */
import type { Event } from '../../contract/messages.ts';
import type { BlanksState } from './blanks.ts';
import type { HistoryState } from './history.ts';
import type { PredictionState } from './prediction.ts';
import type { AppState } from './state.ts';
import type { WritingState } from './writing.ts';

export interface KeptState {
  /** Steps that the run had done. */
  readonly step: number;
  readonly history: HistoryState;
  readonly watch: PredictionState['watch'];
  readonly parked: PredictionState['parked'];
  readonly samples: PredictionState['samples'];
  readonly blanks: BlanksState;
  readonly writing: WritingState;
}

/** The state after an event, as far as it is about the run put aside. */
export function reduceKept(state: AppState, event: Event): AppState {
  switch (event.type) {
    case 'kept': {
      const { history, prediction, blanks, writing } = state;
      const { watch, parked, samples } = prediction;
      return { ...state, kept: { step: event.step, history, watch, parked, samples, blanks, writing } };
    }
    case 'restored':
      return state.kept ? restored(state, state.kept) : state;
    case 'released':
    case 'prepared':
      return state.kept ? { ...state, kept: undefined } : state;
    default:
      return state;
  }
}

function restored(state: AppState, { step, watch, parked, samples, ...shown }: KeptState): AppState {
  const prediction = { ...state.prediction, watch, parked, samples, viewedStep: undefined };
  return { ...state, ...shown, session: { ...state.session, step }, prediction, kept: undefined };
}
