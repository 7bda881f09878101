/** Byte-pair encoding over bytes, as GPT-2's: no text is unknown, and every text comes back byte for byte. */
import type { TokenView } from '../../../contract/results.ts';
import { type AddedToken, AddedTokenFinder } from './added-tokens.ts';
import { byteCharacter, bytesOfPiece, cutAtWord, forEachWord, orderedBytes, pieceOfText } from './byte-level.ts';
import { IdList } from './id-list.ts';
import { MergeEncoder } from './merge-encoder.ts';
import { type CountedWord, checkLearnt, learnMerges, type Merge } from './pair-training.ts';
import { type Tokenizer, type TokenizerBuilder, type TokenizerSpec, unknownCharacters } from './tokenizer.ts';
import { decodeUtf8, encodeUtf8 } from './utf8.ts';
import { WordCounts } from './word-counts.ts';

export interface BytePairParts {
  /** Pieces by id, in byte characters; an added token as it is written. */
  readonly pieces: readonly string[];
  /** In the order of learning. */
  readonly merges: readonly Merge[];
  readonly added: readonly AddedToken[];
  /** A space is put before a text that has none. */
  readonly addPrefixSpace: boolean;
  /** Text is cut into words before it is merged. */
  readonly useRegex: boolean;
  /** A word that is a piece is taken whole, without merging up to it. */
  readonly ignoreMerges: boolean;
  /** Id for bytes without a piece, which others' vocabularies may have. */
  readonly unknown: number | undefined;
}

export class BytePairTokenizer implements Tokenizer {
  readonly kind = 'byte-pair';
  readonly vocabulary: number;
  readonly specialIds: ReadonlyMap<string, number>;
  /** Id of each byte's piece, −1 where there is none. */
  private readonly idOfByte: readonly number[];
  private readonly bytesOfId: readonly ArrayLike<number>[];
  private readonly encoder: MergeEncoder;
  private readonly finder: AddedTokenFinder;

  constructor(readonly parts: BytePairParts) {
    const { pieces, merges, added, ignoreMerges, unknown } = parts;
    this.vocabulary = pieces.length;
    this.specialIds = new Map(added.filter(({ special }) => special).map(({ content, id }) => [content, id]));
    const addedIds = new Set(added.map(({ id }) => id));
    this.bytesOfId = pieces.map(
      (piece, id) => (addedIds.has(id) ? undefined : bytesOfPiece(piece)) ?? encodeUtf8(piece),
    );
    const ids = new Map(pieces.map((piece, id) => [piece, id]));
    this.idOfByte = Array.from({ length: 256 }, (_, byte) => ids.get(byteCharacter(byte)) ?? unknown ?? -1);
    this.encoder = new MergeEncoder(
      merges,
      this.vocabulary,
      (word) => this.startOf(word),
      (word) => (ignoreMerges ? ids.get(pieceOfText(word)) : undefined),
    );
    this.finder = new AddedTokenFinder(added.map((token) => [token.content, token]));
  }

  encode(text: string, where: 'corpus' | 'prompt'): Int32Array {
    if (this.idOfByte.includes(-1)) this.checkKnown(text, where);
    const { addPrefixSpace, useRegex } = this.parts;
    const ids = new IdList(text.length >> 1);
    const take = (word: string) => ids.append(this.encoder.encode(word));
    for (const part of this.finder.split(text)) {
      if (typeof part !== 'string') ids.push(part.id);
      else if (!useRegex) take(withPrefixSpace(part, addPrefixSpace));
      else forEachWord(withPrefixSpace(part, addPrefixSpace), take);
    }
    return ids.finish();
  }

  private startOf(word: string): Int32Array {
    const symbols = encodeUtf8(word);
    for (let i = 0; i < symbols.length; i++) symbols[i] = this.idOfByte[symbols[i]];
    return symbols;
  }

  /** @throws ProblemError 'unknown-characters' */
  private checkKnown(text: string, where: 'corpus' | 'prompt'): void {
    const unknown = [...new Set(text)].filter((character) =>
      encodeUtf8(character).some((byte) => this.idOfByte[byte] < 0),
    );
    if (unknown.length > 0) throw unknownCharacters(unknown, where);
  }

  decode(ids: ArrayLike<number>): string {
    const bytes = new IdList(4 * ids.length);
    for (let i = 0; i < ids.length; i++) bytes.append(this.bytesOfId[ids[i]]);
    return decodeUtf8(bytes.finish()).text;
  }

  cut(text: string): number {
    return this.parts.useRegex ? cutAtWord(text) : text.length;
  }

  bytes(id: number): ArrayLike<number> {
    return this.bytesOfId[id];
  }

  view(id: number): TokenView {
    const { text, whole } = decodeUtf8(this.bytesOfId[id]);
    if (this.specialIds.get(text) === id) return { id, text, kind: 'special' };
    return { id, text, kind: whole ? 'text' : 'byte' };
  }
}

function withPrefixSpace(text: string, wanted: boolean): string {
  return wanted && !text.startsWith(' ') ? ` ${text}` : text;
}

/** Learns a vocabulary from a text in parts; the same text gives the same vocabulary. */
export class BytePairBuilder implements TokenizerBuilder<BytePairTokenizer> {
  private readonly counts = new WordCounts(cutAtWord, forEachWord);
  private readonly pieces = orderedBytes.map(byteCharacter);
  private merges: readonly Merge[] = [];

  /** @param vocabulary at least 256: one for each byte */
  constructor(private readonly vocabulary: number) {}

  add(part: string): void {
    this.counts.read(part);
  }

  *learn(): Generator<number> {
    this.counts.finish();
    const idOfByte = Int32Array.from({ length: 256 }, (_, byte) => orderedBytes.indexOf(byte));
    const words: CountedWord[] = Array.from(this.counts.entries(), ([word, count]) => ({
      pieces: encodeUtf8(word).map((byte) => idOfByte[byte]),
      count,
    }));
    this.merges = yield* learnMerges(words, this.pieces, (left, right) => left + right, this.vocabulary);
  }

  build(): BytePairTokenizer {
    checkLearnt(this.pieces.length, this.vocabulary);
    const { pieces, merges } = this;
    return new BytePairTokenizer({
      pieces,
      merges,
      added: [],
      addPrefixSpace: false,
      useRegex: true,
      ignoreMerges: false,
      unknown: undefined,
    });
  }
}

export const bytePair: TokenizerSpec = {
  id: 'byte-pair',
  label: { en: 'BPE', zh: 'BPE' },
  explanation: {
    en: 'Byte pairs, learnt from the text as GPT-2’s: bytes that often stand together become one token, then pairs of those, and so on.',
    zh: '字节对编码，与 GPT-2 相同，从文本里学出来：常挨在一起的字节合成一个词元，合成的再两两合并，如此反复。',
  },
  begin: (vocabulary = 256) => new BytePairBuilder(vocabulary),
};
