/** What masking needs to know of a vocabulary: which ids are text, which is [MASK], and which go together as a word. */
import type { Tokenizer } from '../data/tokenizers/tokenizer.ts';

export interface ObjectiveVocabulary {
  /** Ids that stand for text, ascending. */
  readonly texts: readonly number[];
  isText(id: number): boolean;
  /** Id of [MASK]; undefined where the objective needs none. */
  readonly mask: number | undefined;
  /** True if `token` goes on with the word that `before` belongs to. */
  continuesWord(before: number, token: number): boolean;
}

type DescribedTokenizer = Pick<Tokenizer, 'vocabulary' | 'specialIds' | 'view' | 'continuesWord'>;

/** Letters that words are written in with spaces between; a Han character or kana counts as a word. */
const letter = /[\p{L}\p{N}\p{M}'’]/u;
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

const none = 0;
const letters = 1;
const bytes = 2;

export function describeVocabulary(tokenizer: DescribedTokenizer, mask: number | undefined): ObjectiveVocabulary {
  const special = new Set(tokenizer.specialIds?.values());
  const texts = Array.from({ length: tokenizer.vocabulary }, (_, id) => id).filter((id) => !special.has(id));
  return { texts, isText: (id) => !special.has(id), mask, continuesWord: wordTest(tokenizer, texts) };
}

/** Pieces that say whether they go on with a word are believed; elsewhere letters tell. */
function wordTest(tokenizer: DescribedTokenizer, texts: readonly number[]): ObjectiveVocabulary['continuesWord'] {
  if (tokenizer.continuesWord) return (_, token) => tokenizer.continuesWord?.(token) === true;
  const starts = new Uint8Array(tokenizer.vocabulary);
  const ends = new Uint8Array(tokenizer.vocabulary);
  for (const id of texts) {
    const { text, kind } = tokenizer.view(id);
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
  return (before, token) => ends[before] !== none && ends[before] === starts[token];
}

function kindOf(character: string): number {
  return letter.test(character) && !unspaced.test(character) ? letters : none;
}
