/** Pieces of one WebAssembly memory: first fit, neighbours merged when they are freed. */

const pageBytes = 65536;
/** Starts of pieces, as ranges are aligned in a program. */
const alignment = 256;

interface Gap {
  start: number;
  end: number;
}

export class WasmMemory {
  private readonly gaps: Gap[];
  private readonly sizes = new Map<number, number>();
  /** From here on nothing was ever used, and all is zero. */
  private untouched: number;

  /** @param base first byte that the module leaves free */
  constructor(
    readonly memory: WebAssembly.Memory,
    base: number,
  ) {
    this.untouched = align(base);
    this.gaps = [{ start: align(base), end: memory.buffer.byteLength }];
  }

  /** Views on it are stale once this is another object. */
  get buffer(): ArrayBufferLike {
    return this.memory.buffer;
  }

  /** Address of a piece, zeroed. @throws RangeError where the memory can't grow any further */
  allocate(bytes: number): number {
    const size = align(Math.max(bytes, 1));
    let gap = this.gaps.find(({ start, end }) => end - start >= size);
    if (!gap) gap = this.grow(size);
    const { start } = gap;
    gap.start += size;
    if (gap.start === gap.end) this.gaps.splice(this.gaps.indexOf(gap), 1);
    this.sizes.set(start, size);
    const used = Math.min(start + size, this.untouched) - start;
    if (used > 0) new Uint8Array(this.buffer, start, used).fill(0);
    this.untouched = Math.max(this.untouched, start + size);
    return start;
  }

  free(address: number): void {
    const size = this.sizes.get(address);
    if (size === undefined) return;
    this.sizes.delete(address);
    this.insert({ start: address, end: address + size });
  }

  private insert(gap: Gap): Gap {
    const next = this.gaps.findIndex(({ start }) => start > gap.start);
    const at = next < 0 ? this.gaps.length : next;
    const [before, after] = [this.gaps[at - 1], this.gaps[at]];
    if (after && gap.end === after.start) {
      gap.end = after.end;
      this.gaps.splice(at, 1);
    }
    if (before && before.end === gap.start) {
      before.end = gap.end;
      return before;
    }
    this.gaps.splice(at, 0, gap);
    return gap;
  }

  private grow(bytes: number): Gap {
    const start = this.buffer.byteLength;
    const last = this.gaps.at(-1);
    const present = last?.end === start ? last.end - last.start : 0;
    const pages = Math.ceil((bytes - present) / pageBytes);
    this.memory.grow(pages);
    return this.insert({ start, end: start + pages * pageBytes });
  }
}

function align(bytes: number): number {
  return Math.ceil(bytes / alignment) * alignment;
}
