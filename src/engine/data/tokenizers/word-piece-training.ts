/** Learns a WordPiece vocabulary as Hugging Face's trainer does: by merging frequent neighbours, pieces inside a word marked ##. */
import type { AddedToken } from './added-tokens.ts';
import { cutAtBertWord, forEachBertWord, normalizeBertText, uncased } from './bert-words.ts';
import { type CountedWord, checkLearnt, learnMerges } from './pair-training.ts';
import type { TokenizerBuilder, TokenizerSpec } from './tokenizer.ts';
import { WordCounts } from './word-counts.ts';
import { bertSpecials, WordPieceTokenizer } from './word-piece.ts';

const prefix = '##';
const unknown = '[UNK]';
const longestWord = 100;

/** Learns a vocabulary from a text in parts; the same text gives the same vocabulary. */
export class WordPieceBuilder implements TokenizerBuilder<WordPieceTokenizer> {
  private readonly counts = new WordCounts(cutAtBertWord, (text, take) =>
    forEachBertWord(normalizeBertText(text, uncased), take),
  );
  private pieces: string[] = [...bertSpecials];

  constructor(private readonly vocabulary: number) {}

  add(part: string): void {
    this.counts.read(part);
  }

  *learn(): Generator<number> {
    this.counts.finish();
    this.pieces = [...bertSpecials, ...smallestPieces(this.counts, this.vocabulary - bertSpecials.length)];
    const join = (left: string, right: string) => left + right.slice(prefix.length);
    yield* learnMerges(countedWords(this.counts, this.pieces), this.pieces, join, this.vocabulary);
  }

  build(): WordPieceTokenizer {
    checkLearnt(this.pieces.length, this.vocabulary);
    const added = bertSpecials.map((content, id): AddedToken => {
      return { id, content, lstrip: false, rstrip: false, normalized: false, special: true };
    });
    const unknownId = bertSpecials.indexOf(unknown);
    return new WordPieceTokenizer({
      pieces: this.pieces,
      added,
      text: uncased,
      prefix,
      unknown: unknownId,
      longestWord,
    });
  }
}

/** Every character as it starts a word and, where it does, as it goes on with one. Where they are too many for the
 *  vocabulary, as in Chinese, the rarest are left out. */
function smallestPieces(counts: WordCounts, room: number): string[] {
  const frequency = new Map<string, number>();
  const inside = new Set<string>();
  for (const [word, count] of counts.entries()) {
    [...word].forEach((character, index) => {
      frequency.set(character, (frequency.get(character) ?? 0) + count);
      if (index > 0) inside.add(character);
    });
  }
  const byFrequency = [...frequency].sort(([a, m], [b, n]) => n - m || compareCodePoints(a, b));
  const starts: string[] = [];
  const continuations: string[] = [];
  for (const [character] of byFrequency) {
    const needed = inside.has(character) ? 2 : 1;
    if (starts.length + continuations.length + needed > room) continue;
    starts.push(character);
    if (needed === 2) continuations.push(character);
  }
  const ordered = (list: string[]) => list.sort(compareCodePoints);
  return [...ordered(starts), ...ordered(continuations).map((character) => prefix + character)];
}

function compareCodePoints(a: string, b: string): number {
  return (a.codePointAt(0) ?? 0) - (b.codePointAt(0) ?? 0);
}

/** Characters without a piece are passed over. */
function countedWords(counts: WordCounts, pieces: readonly string[]): CountedWord[] {
  const ids = new Map(pieces.map((piece, id) => [piece, id]));
  return Array.from(counts.entries(), ([word, count]) => {
    const found = [...word].map((character, index) => ids.get(index > 0 ? prefix + character : character) ?? -1);
    return { pieces: found.filter((id) => id >= 0), count };
  });
}

export const wordPiece: TokenizerSpec = {
  id: 'word-piece',
  label: { en: 'WordPiece', zh: 'WordPiece' },
  explanation: {
    en: 'Learnt from the text as BERT’s: words in lower case, cut into pieces; what can’t be cut is [UNK].',
    zh: '与 BERT 相同，从文本里学出来：单词转成小写，再切成片段；切不开的记作 [UNK]。',
  },
  begin: (vocabulary = 256) => new WordPieceBuilder(vocabulary),
};
