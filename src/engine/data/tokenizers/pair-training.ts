/** Learns merges from counted words, as Sennrich et al. 2016: the most frequent neighbours become one piece, again and again. */
import { ProblemError } from '../../problem.ts';
import { PairQueue } from './pair-queue.ts';

/** Two neighbouring pieces, by id, that become one. */
export interface Merge {
  readonly left: number;
  readonly right: number;
  /** Id of the piece they become. */
  readonly merged: number;
}

/** A distinct word: its pieces before any merge, and how often the text has it. */
export interface CountedWord {
  readonly pieces: ArrayLike<number>;
  readonly count: number;
}

/** A pair that occurs once says nothing about the text. */
const smallestCount = 2;

/** Merges until the vocabulary is full or no pair occurs twice. Yields after each merge how far it is, 0 to 1. Of equally frequent pairs the one with the smaller ids goes first.
 *  @param pieces text of each piece by id; the new ones are appended
 *  @param join text of two pieces as one; pairs that join to the same text become the same piece */
export function* learnMerges(
  words: readonly CountedWord[],
  pieces: string[],
  join: (left: string, right: string) => string,
  vocabulary: number,
): Generator<number, Merge[]> {
  const ids = new Map(pieces.map((text, id) => [text, id]));
  const training = new PairTraining(words, vocabulary);
  const merges: Merge[] = [];
  while (pieces.length < vocabulary) {
    const pair = training.mostFrequent();
    if (!pair || pair.count < smallestCount) break;
    const text = join(pieces[pair.left], pieces[pair.right]);
    const merged = ids.get(text) ?? pieces.length;
    if (merged === pieces.length) {
      pieces.push(text);
      ids.set(text, merged);
    }
    // A pair comes up again where another merge has made one of its pieces anew.
    if (!pair.done) merges.push({ left: pair.left, right: pair.right, merged });
    training.apply(pair, merged);
    yield pieces.length / vocabulary;
  }
  return merges;
}

/** The smallest vocabulary that can be asked for: one piece for each byte. */
export const leastPieces = 256;

/** @throws ProblemError 'vocabulary-too-large' where the text had too few pairs that occur twice, or, where it has too few
 *  for any vocabulary, 'vocabulary-text-too-short' */
export function checkLearnt(possible: number, vocabulary: number): void {
  if (possible >= vocabulary) return;
  const isTooShort = possible < leastPieces;
  throw new ProblemError({
    where: 'corpus',
    code: isTooShort ? 'vocabulary-text-too-short' : 'vocabulary-too-large',
    values: isTooShort ? { possible, least: leastPieces } : { vocabulary, possible },
  });
}

/** A pair of neighbours: how often it occurs, and where its left piece stands. */
interface Pair {
  readonly left: number;
  readonly right: number;
  count: number;
  positions: number[];
  /** True once it has been merged. */
  done: boolean;
  /** The last merge that made more of it. */
  grownBy: number;
}

/** All words end to end, linked to their neighbours, and the counts of all pairs kept current. */
class PairTraining {
  private readonly symbols: Int32Array;
  /** Neighbours in the same word, −1 where there is none. */
  private readonly next: Int32Array;
  private readonly previous: Int32Array;
  /** How often the word at this position occurs. */
  private readonly weights: Float64Array;
  private readonly pairs = new Map<number, Pair>();
  private readonly queue = new PairQueue<Pair>();
  private merge = 0;

  constructor(
    words: readonly CountedWord[],
    private readonly vocabulary: number,
  ) {
    const length = words.reduce((sum, { pieces }) => sum + pieces.length, 0);
    this.symbols = new Int32Array(length);
    this.next = new Int32Array(length).fill(-1);
    this.previous = new Int32Array(length).fill(-1);
    this.weights = new Float64Array(length);
    let at = 0;
    for (const word of words) at = this.place(word, at);
    for (const pair of this.pairs.values()) this.queue.push(pair);
  }

  private place({ pieces, count }: CountedWord, start: number): number {
    for (let i = 0; i < pieces.length; i++) {
      const at = start + i;
      this.symbols[at] = pieces[i];
      this.weights[at] = count;
      if (i === 0) continue;
      this.previous[at] = at - 1;
      this.next[at - 1] = at;
      this.grow(pieces[i - 1], pieces[i], at - 1);
    }
    return start + pieces.length;
  }

  mostFrequent(): Pair | undefined {
    return this.queue.pop();
  }

  /** Replaces every occurrence, from left to right, and keeps the counts of the neighbours. */
  apply(pair: Pair, merged: number): void {
    this.merge += 1;
    const { positions } = pair;
    if (pair.done) positions.sort((a, b) => a - b);
    pair.done = true;
    const grown: Pair[] = [];
    for (const at of positions) {
      const after = this.next[at];
      if (this.symbols[at] !== pair.left || after < 0 || this.symbols[after] !== pair.right) continue;
      this.replace(at, after, pair, merged, grown);
    }
    pair.count = 0;
    pair.positions = [];
    for (const changed of grown) this.queue.push(changed);
  }

  private replace(at: number, after: number, { left, right }: Pair, merged: number, grown: Pair[]): void {
    const before = this.previous[at];
    const beyond = this.next[after];
    if (before >= 0) {
      this.shrink(this.symbols[before], left, at);
      this.remember(this.grow(this.symbols[before], merged, before), grown);
    }
    if (beyond >= 0) {
      this.shrink(right, this.symbols[beyond], at);
      this.remember(this.grow(merged, this.symbols[beyond], at), grown);
      this.previous[beyond] = at;
    }
    this.symbols[at] = merged;
    this.symbols[after] = -1;
    this.next[at] = beyond;
  }

  private remember(pair: Pair, grown: Pair[]): void {
    if (pair.grownBy === this.merge) return;
    pair.grownBy = this.merge;
    grown.push(pair);
  }

  private grow(left: number, right: number, at: number): Pair {
    const key = left * this.vocabulary + right;
    let pair = this.pairs.get(key);
    if (!pair) {
      pair = { left, right, count: 0, positions: [], done: false, grownBy: 0 };
      this.pairs.set(key, pair);
    }
    pair.count += this.weights[at];
    pair.positions.push(at);
    return pair;
  }

  private shrink(left: number, right: number, at: number): void {
    const pair = this.pairs.get(left * this.vocabulary + right);
    if (pair) pair.count -= this.weights[at];
  }
}
