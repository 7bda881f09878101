/** What the page looks at in the tokenizer: a text cut into tokens, and a page of what it has learnt. */
import type { Event } from '../../contract/messages.ts';
import type { PiecePage, TokenizedText } from '../../contract/vocabulary.ts';

export interface VocabularyState {
  /** A sentence of the user's own; absent where they look at the beginning of the text. */
  readonly sentence?: string;
  /** The last answer; it may be about an earlier question. */
  readonly tokenized?: TokenizedText;
  readonly query: string;
  readonly pieces?: PiecePage;
}

export const initialVocabulary: VocabularyState = { query: '' };

/** The vocabulary in view after an event. */
export function reduceVocabulary(state: VocabularyState, event: Event): VocabularyState {
  switch (event.type) {
    case 'tokenized':
      return { ...state, tokenized: event.tokenized };
    case 'pieces':
      return { ...state, pieces: event.pieces };
    case 'prepared':
      return { ...state, tokenized: undefined, pieces: undefined };
    default:
      return state;
  }
}
