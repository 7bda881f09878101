/** The piece of text whose labels are on show, and what the worker answered last. */
import type { Event } from '../../contract/messages.ts';
import type { LabelledText, LabelSource } from '../../contract/results.ts';
import { hasSameTokens } from './watch.ts';

export interface LabelsState {
  readonly source: LabelSource;
  /** 0: hidden as training hides it; any other number: drawn anew. */
  readonly draw: number;
  /** The last answer; it may be about an earlier question. */
  readonly labelled?: LabelledText;
}

export const initialLabels: LabelsState = { source: { kind: 'batch', step: 1, row: 0 }, draw: 0 };

/** The labels after an event. */
export function reduceLabels(state: LabelsState, event: Event): LabelsState {
  switch (event.type) {
    case 'labels':
      return { ...state, labelled: withKnownTokens(event.labelled, state.labelled) };
    case 'prepared':
    case 'loaded':
      return { ...state, labelled: undefined };
    default:
      return state;
  }
}

/** The answer with the very tokens of the last one where they are the same: what shows them need not be drawn again. */
function withKnownTokens(next: LabelledText, last: LabelledText | undefined): LabelledText {
  return last && hasSameTokens(next, last) ? { ...next, tokens: last.tokens } : next;
}
