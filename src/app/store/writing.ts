/** What it wrote when asked to, and whether it is writing now. */
import type { Event } from '../../contract/messages.ts';
import type { Sample } from '../../contract/results.ts';
import type { Place } from './problems.ts';

export interface WritingState {
  readonly isWriting: boolean;
  readonly written?: Sample;
}

export const initialWriting: WritingState = { isWriting: false };

/** The writing after an event. */
export function reduceWriting(state: WritingState, event: Event): WritingState {
  switch (event.type) {
    case 'sample':
      return event.isAnswer ? { isWriting: false, written: event.sample } : state;
    case 'prepared':
      return initialWriting;
    case 'problem':
      return endsWriting(event.problem.where) ? { ...state, isWriting: false } : state;
    default:
      return state;
  }
}

function endsWriting(where: Place): boolean {
  return where === 'prompt' || where === 'backend';
}
