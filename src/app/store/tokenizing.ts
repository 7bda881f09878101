/** What the user can do about tokenizers: look into the present one, save it, and load one from a file. */
import type { Command, Event } from '../../contract/messages.ts';
import type { LoadedTokenizer } from '../../contract/vocabulary.ts';
import { debounce } from './debounce.ts';
import type { VocabularyState } from './vocabulary.ts';

/** A tokenizer out of a file of this name. */
export interface OwnTokenizer extends LoadedTokenizer {
  readonly name: string;
}

export interface TokenizingActions {
  /** Cuts a sentence into tokens, or the beginning of the run's text. */
  askTokens(sentence: string | undefined): void;
  /** Asks for a page, from 0, of what the tokenizer has learnt. */
  askPieces(query: string, page: number): void;
  saveTokenizer(): void;
  /** The worker reads it before anything is given up for it. */
  loadTokenizer(file: File): void;
}

/** What these actions need of the store. */
interface TokenizingPlace {
  change(vocabulary: Partial<VocabularyState>): void;
  /** From now on there is this tokenizer to choose, and it is chosen. */
  use(tokenizer: OwnTokenizer): void;
  dismiss(place: 'tokenizer' | 'tokens'): void;
  post(command: Command): void;
}

const askDelayMs = 60;
/** Begins the id of a tokenizer out of a file. */
const prefix = 'file:';

/** True of an id that only the session knows in which its file was loaded. */
export function isOwnTokenizer(id: string | undefined): boolean {
  return id?.startsWith(prefix) ?? false;
}

export function createTokenizing({ change, use, dismiss, post }: TokenizingPlace) {
  let count = 0;
  let offered: { readonly id: string; readonly name: string } | undefined;
  let asked: { readonly text?: string; readonly query: string; readonly page: number } = { query: '', page: 0 };
  const sendText = debounce(() => post({ type: 'tokenize', text: asked.text }), askDelayMs);
  const sendQuery = debounce(() => post({ type: 'pieces', query: asked.query, page: asked.page }), askDelayMs);
  const actions: TokenizingActions = {
    askTokens: (sentence) => {
      dismiss('tokens');
      asked = { ...asked, text: sentence };
      change({ sentence });
      sendText.later();
    },
    askPieces: (query, page) => {
      asked = { ...asked, query, page };
      change({ query });
      sendQuery.later();
    },
    saveTokenizer: () => post({ type: 'saveTokenizer' }),
    loadTokenizer: (file) => {
      dismiss('tokenizer');
      count += 1;
      offered = { id: `${prefix}${count}`, name: file.name };
      post({ type: 'openTokenizer', id: offered.id, file });
    },
  };
  return {
    actions,
    receive(event: Event): void {
      if (event.type !== 'tokenizerOpened' || event.tokenizer.id !== offered?.id) return;
      use({ ...event.tokenizer, name: offered.name });
      offered = undefined;
    },
  };
}
