/** What masking needs to know of a vocabulary: which ids are text, which is [MASK], and which go together as a word. */
import type { TokenView } from '../../contract/messages.ts';

export interface ObjectiveVocabulary {
  /** Ids 0 … ordinary − 1 stand for text. */
  readonly ordinary: number;
  /** Id of [MASK]; undefined where the objective needs none. */
  readonly mask: number | undefined;
  /** True if `token` goes on with the word that `before` belongs to. */
  continuesWord(before: number, token: number): boolean;
}

/** Letters that words are written in with spaces between; a Han character or kana counts as a word. */
const letter = /[\p{L}\p{N}\p{M}'’]/u;
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

const none = 0;
const letters = 1;
const bytes = 2;

export function describeVocabulary(
  view: (id: number) => TokenView,
  ordinary: number,
  mask: number | undefined,
): ObjectiveVocabulary {
  const starts = new Uint8Array(ordinary);
  const ends = new Uint8Array(ordinary);
  for (let id = 0; id < ordinary; id++) {
    const { text, kind } = view(id);
    if (kind === 'byte') {
      // The bytes of one character go together: 10xxxxxx follows, 11xxxxxx leads.
      starts[id] = /^<[89AB]/.test(text) ? bytes : none;
      ends[id] = bytes;
    } else {
      const characters = [...text];
      starts[id] = kindOf(characters[0] ?? '');
      ends[id] = kindOf(characters.at(-1) ?? '');
    }
  }
  return {
    ordinary,
    mask,
    continuesWord: (before, token) => ends[before] !== none && ends[before] === starts[token],
  };
}

function kindOf(character: string): number {
  return letter.test(character) && !unspaced.test(character) ? letters : none;
}
