/** WordPiece, as BERT's: each word is cut into the longest pieces known, from the left; what can't be is [UNK]. */
import type { TokenView } from '../../../contract/results.ts';
import { type AddedToken, AddedTokenFinder } from './added-tokens.ts';
import { type BertTextOptions, cutAtBertWord, forEachBertWord, normalizeBertText } from './bert-words.ts';
import { IdList } from './id-list.ts';
import type { Tokenizer } from './tokenizer.ts';
import { encodeUtf8 } from './utf8.ts';

export interface WordPieceParts {
  /** Pieces by id. */
  readonly pieces: readonly string[];
  readonly added: readonly AddedToken[];
  readonly text: BertTextOptions;
  /** Stands before a piece that goes on with a word. */
  readonly prefix: string;
  /** Id of what can't be cut into pieces. */
  readonly unknown: number;
  /** Longer words are unknown. */
  readonly longestWord: number;
}

/** What BERT keeps in its vocabulary beside text, with the ids that its trainer gives them. */
export const bertSpecials: readonly string[] = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'];

/** Words remembered with their ids. */
const cacheSize = 1 << 18;

export class WordPieceTokenizer implements Tokenizer {
  readonly kind = 'word-piece';
  readonly vocabulary: number;
  readonly specialIds: ReadonlyMap<string, number>;
  private readonly ids: ReadonlyMap<string, number>;
  private readonly longestPiece: number;
  private readonly cache = new Map<string, Int32Array>();
  private readonly finder: AddedTokenFinder;
  private readonly normalizedFinder: AddedTokenFinder;

  constructor(readonly parts: WordPieceParts) {
    const { pieces, added, text, unknown } = parts;
    this.vocabulary = pieces.length;
    this.ids = new Map(pieces.map((piece, id) => [piece, id]));
    this.specialIds = this.specialsOf(added, pieces[unknown]);
    this.longestPiece = pieces.reduce((longest, piece) => Math.max(longest, piece.length), 1);
    this.finder = new AddedTokenFinder(
      added.filter((token) => !token.normalized).map((token) => [token.content, token]),
    );
    this.normalizedFinder = new AddedTokenFinder(
      added.filter((token) => token.normalized).map((token) => [normalizeBertText(token.content, text), token]),
    );
  }

  /** Signs are words of their own, so no text is cut into a piece with brackets: BERT's names are special wherever the
   *  vocabulary has them. */
  private specialsOf(added: readonly AddedToken[], unknown: string): ReadonlyMap<string, number> {
    const names = [...added.filter(({ special }) => special).map(({ content }) => content), unknown, ...bertSpecials];
    const found = new Map<string, number>();
    for (const name of names) {
      const id = this.ids.get(name);
      if (id !== undefined) found.set(name, id);
    }
    return found;
  }

  encode(text: string): Int32Array {
    const ids = new IdList(text.length >> 1);
    for (const part of this.finder.split(text)) {
      if (typeof part === 'string') this.encodePart(part, ids);
      else ids.push(part.id);
    }
    return ids.finish();
  }

  private encodePart(text: string, ids: IdList): void {
    for (const part of this.normalizedFinder.split(normalizeBertText(text, this.parts.text))) {
      if (typeof part !== 'string') ids.push(part.id);
      else forEachBertWord(part, (word) => ids.append(this.encodeWord(word)));
    }
  }

  private encodeWord(word: string): Int32Array {
    const known = this.cache.get(word);
    if (known) return known;
    const ids = Int32Array.from(this.piecesOf(word) ?? [this.parts.unknown]);
    if (this.cache.size >= cacheSize) this.cache.clear();
    this.cache.set(word, ids);
    return ids;
  }

  private piecesOf(word: string): number[] | undefined {
    const { longestWord, prefix } = this.parts;
    const ends = characterEnds(word);
    if (ends.length > longestWord) return undefined;
    const ids: number[] = [];
    for (let done = 0, start = 0; done < ends.length; start = ends[done - 1]) {
      let last = Math.min(ends.length, done + this.longestPiece);
      const lead = done > 0 ? prefix : '';
      let id: number | undefined;
      for (; last > done && id === undefined; last--) id = this.ids.get(lead + word.slice(start, ends[last - 1]));
      if (id === undefined) return undefined;
      ids.push(id);
      done = last + 1;
    }
    return ids;
  }

  /** Case, accents, and white space are lost: spaces stand where a reader expects them. */
  decode(ids: ArrayLike<number>): string {
    const { pieces, prefix } = this.parts;
    let text = '';
    for (let i = 0; i < ids.length; i++) {
      const piece = pieces[ids[i]];
      if (this.continuesWord(ids[i])) text += piece.slice(prefix.length);
      else text += text !== '' && needsSpace(text, piece) ? ` ${piece}` : piece;
    }
    return text;
  }

  cut(text: string): number {
    return cutAtBertWord(text);
  }

  view(id: number): TokenView {
    const text = this.parts.pieces[id];
    return { id, text, kind: this.specialIds.get(text) === id ? 'special' : 'text' };
  }

  bytes(id: number): Int32Array {
    const { pieces, prefix } = this.parts;
    return encodeUtf8(this.continuesWord(id) ? pieces[id].slice(prefix.length) : pieces[id]);
  }

  continuesWord(id: number): boolean {
    const { pieces, prefix } = this.parts;
    return prefix !== '' && pieces[id].startsWith(prefix) && pieces[id] !== prefix;
  }
}

/** Where each character of a word ends. */
function characterEnds(word: string): number[] {
  const ends: number[] = [];
  for (const character of word) ends.push((ends.at(-1) ?? 0) + character.length);
  return ends;
}

/** Written without spaces around it. */
const chinese = /[\p{Script=Han}\u3000-\u303F\uFF00-\uFFEF]/u;

function needsSpace(text: string, piece: string): boolean {
  const last = text.slice(-1);
  return !(
    /^[.,!?;:)\]}%'’”]/u.test(piece) ||
    /[([{'’“]$/u.test(last) ||
    chinese.test([...text.slice(-2)].at(-1) ?? '') ||
    chinese.test([...piece][0] ?? '')
  );
}
