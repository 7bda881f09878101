/** Applies learnt merges to a word: always the earliest merge that fits, from the left, until none fits. */
import type { Merge } from './pair-training.ts';

/** Words remembered with their ids; texts use the same words again and again. */
const cacheSize = 1 << 18;
/** Longer words are rarely met twice. */
const longestCached = 64;
/** Rank and position share one number: rank · 2³² + position, exact in a double up to rank 2²¹. */
const positions = 2 ** 32;

export class MergeEncoder {
  /** Rank and result of a merge by left · vocabulary + right. */
  private readonly ranks = new Map<number, number>();
  private readonly cache = new Map<string, Int32Array>();
  /** Position of the neighbour of a word's piece, −1 where there is none. */
  private next = new Int32Array(256);
  private previous = new Int32Array(256);

  /** @param start ids of a word's smallest pieces
   *  @param whole id of a word that is taken without merging, if it is one */
  constructor(
    private readonly merges: readonly Merge[],
    private readonly vocabulary: number,
    private readonly start: (word: string) => Int32Array,
    private readonly whole: (word: string) => number | undefined,
  ) {
    merges.forEach(({ left, right }, rank) => {
      this.ranks.set(left * vocabulary + right, rank);
    });
  }

  encode(word: string): Int32Array {
    const known = this.cache.get(word);
    if (known) return known;
    const whole = this.whole(word);
    const ids = whole === undefined ? this.mergeAll(this.start(word)) : Int32Array.of(whole);
    if (word.length > longestCached) return ids;
    if (this.cache.size >= cacheSize) this.cache.clear();
    this.cache.set(word, ids);
    return ids;
  }

  private mergeAll(symbols: Int32Array): Int32Array {
    const { length } = symbols;
    this.link(length);
    const { next, previous } = this;
    const heap: number[] = [];
    for (let at = 0; at + 1 < length; at++) this.offer(symbols, at, heap);
    while (heap.length > 0) {
      const entry = popNumber(heap);
      const at = entry % positions;
      const rank = (entry - at) / positions;
      // Stale where a neighbour has been merged away since.
      if (this.rankAt(symbols, at) !== rank) continue;
      const after = next[at];
      symbols[at] = this.merges[rank].merged;
      symbols[after] = -1;
      next[at] = next[after];
      if (next[at] >= 0) previous[next[at]] = at;
      this.offer(symbols, at, heap);
      if (previous[at] >= 0) this.offer(symbols, previous[at], heap);
    }
    let count = 0;
    for (let at = 0; at >= 0 && at < length; at = next[at]) symbols[count++] = symbols[at];
    return symbols.slice(0, count);
  }

  /** Every piece beside its neighbours, in memory that all words share. */
  private link(length: number): void {
    if (this.next.length < length) {
      this.next = new Int32Array(2 * length);
      this.previous = new Int32Array(2 * length);
    }
    for (let at = 0; at < length; at++) {
      this.next[at] = at + 1 < length ? at + 1 : -1;
      this.previous[at] = at - 1;
    }
  }

  private offer(symbols: Int32Array, at: number, heap: number[]): void {
    const rank = this.rankAt(symbols, at);
    if (rank !== undefined) pushNumber(heap, rank * positions + at);
  }

  private rankAt(symbols: Int32Array, at: number): number | undefined {
    const after = this.next[at];
    if (after < 0 || symbols[at] < 0) return undefined;
    return this.ranks.get(symbols[at] * this.vocabulary + symbols[after]);
  }
}

/** A binary heap in an array, the smallest number first. */
function pushNumber(heap: number[], value: number): void {
  let at = heap.length;
  heap.push(value);
  for (let parent = (at - 1) >> 1; at > 0 && heap[parent] > value; parent = (at - 1) >> 1) {
    heap[at] = heap[parent];
    at = parent;
  }
  heap[at] = value;
}

/** @param heap not empty */
function popNumber(heap: number[]): number {
  const smallest = heap[0];
  const value = heap.pop() ?? smallest;
  const { length } = heap;
  if (length === 0) return smallest;
  let at = 0;
  for (let child = 1; child < length; child = 2 * at + 1) {
    if (child + 1 < length && heap[child + 1] < heap[child]) child += 1;
    if (heap[child] >= value) break;
    heap[at] = heap[child];
    at = child;
  }
  heap[at] = value;
  return smallest;
}
