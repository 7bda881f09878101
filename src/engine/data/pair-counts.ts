/** Counts pairs of tokens in bounded memory: a table of all pairs where that is small, a hash table of the seen ones else. */

/** Cells of the largest full table: 64 MiB, vocabularies up to 4,096. */
const largestTable = 1 << 24;
/** Slots of the largest hash table, 12 bytes each: 48 MiB, and half as much again while it grows into that. */
const largestHash = 1 << 22;
const smallestHash = 1 << 14;
/** Share of the slots in use at most. */
const load = 0.75;

export interface PairCounts {
  /** Counts a pair once more, and tells how often it was seen before; −1 where a new pair has no room. */
  add(before: number, token: number): number;
  get(before: number, token: number): number;
}

export function createPairCounts(vocabulary: number, hashSlots = largestHash): PairCounts {
  return vocabulary ** 2 <= largestTable ? new PairTable(vocabulary) : new PairHash(vocabulary, hashSlots);
}

class PairTable implements PairCounts {
  private readonly counts: Uint32Array;

  constructor(private readonly vocabulary: number) {
    this.counts = new Uint32Array(vocabulary ** 2);
  }

  add(before: number, token: number): number {
    return this.counts[before * this.vocabulary + token]++;
  }

  get(before: number, token: number): number {
    return this.counts[before * this.vocabulary + token];
  }
}

/** Open addressing with linear probing; a count of 0 is a free slot. */
class PairHash implements PairCounts {
  private keys = new Float64Array(smallestHash);
  private counts = new Uint32Array(smallestHash);
  private used = 0;

  constructor(
    private readonly vocabulary: number,
    private readonly largest: number,
  ) {}

  add(before: number, token: number): number {
    const key = before * this.vocabulary + token;
    let slot = this.slotOf(key);
    if (this.counts[slot] === 0) {
      if (this.used >= this.counts.length * load) {
        if (this.counts.length >= this.largest) return -1;
        this.grow();
        slot = this.slotOf(key);
      }
      this.keys[slot] = key;
      this.used += 1;
    }
    return this.counts[slot]++;
  }

  get(before: number, token: number): number {
    return this.counts[this.slotOf(before * this.vocabulary + token)];
  }

  private slotOf(key: number): number {
    const mask = this.counts.length - 1;
    // A key can exceed 32 bits: both halves count. Multiplier: 2³² / golden ratio (Knuth).
    const mixed = Math.imul((key % 4294967296) ^ Math.imul(key / 4294967296, 0x85ebca6b), 0x9e3779b1);
    let slot = (mixed ^ (mixed >>> 15)) & mask;
    while (this.counts[slot] !== 0 && this.keys[slot] !== key) slot = (slot + 1) & mask;
    return slot;
  }

  private grow(): void {
    const { keys, counts } = this;
    this.keys = new Float64Array(2 * keys.length);
    this.counts = new Uint32Array(2 * counts.length);
    for (let old = 0; old < counts.length; old++) {
      if (counts[old] === 0) continue;
      const slot = this.slotOf(keys[old]);
      this.keys[slot] = keys[old];
      this.counts[slot] = counts[old];
    }
  }
}
