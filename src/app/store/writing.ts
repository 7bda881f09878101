/** What it wrote when asked to, and whether it is writing now. */
import type { Event, Sample } from '../../contract/messages.ts';

export interface WritingState {
  /** The prompt it is writing on from, while it does. */
  readonly askedFor?: string;
  readonly written?: Sample;
}

export const initialWriting: WritingState = {};

/** The writing after an event. */
export function reduceWriting(state: WritingState, event: Event): WritingState {
  switch (event.type) {
    case 'sample':
      return event.sample.prompt === state.askedFor ? { written: event.sample } : state;
    case 'prepared':
      return initialWriting;
    case 'problem':
      return { ...state, askedFor: undefined };
    default:
      return state;
  }
}
