/** Seeded random numbers by counting: a number depends on (seed, stream, index) alone, never on what was drawn before. */

/** Mixes three 32-bit numbers into one; the finaliser is MurmurHash3's. */
export function hash(seed: number, stream: number, index: number): number {
  let x = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(stream + 0x165667b1, 0xc2b2ae35);
  x = finalize(x) ^ Math.imul(index + 0x27d4eb2f, 0x9e3779b1);
  return finalize(finalize(x) + Math.imul(index, 0x632be5ab)) >>> 0;
}

function finalize(value: number): number {
  let x = value ^ (value >>> 16);
  x = Math.imul(x, 0x85ebca6b);
  x ^= x >>> 13;
  x = Math.imul(x, 0xc2b2ae35);
  return x ^ (x >>> 16);
}

/** Numbers 0, 1, 2, … of one stream, in turn. Streams of one seed do not overlap. */
export class RandomSequence {
  private index = 0;

  /** @param seed unsigned 32 bit
   *  @param stream tells apart the uses of one seed: parameters, steps, samples */
  constructor(
    private readonly seed: number,
    private readonly stream: number,
  ) {}

  /** Unsigned 32 bit. */
  bits(): number {
    return hash(this.seed, this.stream, this.index++);
  }

  /** Uniform in [0, 1). */
  uniform(): number {
    return this.bits() / 2 ** 32;
  }

  /** Uniform in [0, below), without the bias of a remainder (Lemire 2019, by rejection). */
  integer(below: number): number {
    const rejected = 2 ** 32 % below;
    for (;;) {
      const bits = this.bits();
      if (bits >= rejected) return bits % below;
    }
  }

  /** Standard normal (Box & Muller 1958). */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }

  /** One of the entries. */
  pick<T>(entries: readonly T[]): T {
    return entries[this.integer(entries.length)];
  }

  /** A copy in random order (Fisher & Yates). */
  shuffled<T>(entries: readonly T[]): T[] {
    const copy = [...entries];
    for (let i = copy.length - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      [copy[i], copy[j]] = [copy[j], copy[i]];
    }
    return copy;
  }
}
