/** A priority queue of pairs whose counts change while they wait: most frequent first, then smaller ids. */

interface Ranked {
  readonly left: number;
  readonly right: number;
  readonly count: number;
}

interface Entry<T> {
  readonly pair: T;
  /** Count at the time of pushing. It may have fallen since; where it has risen, the pair was pushed again. */
  readonly count: number;
}

function before<T extends Ranked>(a: Entry<T>, b: Entry<T>): boolean {
  if (a.count !== b.count) return a.count > b.count;
  return a.pair.left !== b.pair.left ? a.pair.left < b.pair.left : a.pair.right < b.pair.right;
}

export class PairQueue<T extends Ranked> {
  private readonly heap: Entry<T>[] = [];

  push(pair: T): void {
    if (pair.count <= 0) return;
    this.heap.push({ pair, count: pair.count });
    this.rise(this.heap.length - 1);
  }

  /** The pair with the highest count as it is now; undefined where none is left. */
  pop(): T | undefined {
    while (this.heap.length > 0) {
      const { pair, count } = this.removeFirst();
      if (pair.count === count) return pair;
      // Fell while it waited: back to where it belongs now. A stale double of one that rose does no harm.
      if (pair.count < count) this.push(pair);
    }
    return undefined;
  }

  private removeFirst(): Entry<T> {
    const { heap } = this;
    const [first] = heap;
    const last = heap.pop();
    if (last && heap.length > 0) {
      heap[0] = last;
      this.sink();
    }
    return first;
  }

  private rise(start: number): void {
    const { heap } = this;
    for (let at = start; at > 0; ) {
      const parent = (at - 1) >> 1;
      if (!before(heap[at], heap[parent])) return;
      [heap[at], heap[parent]] = [heap[parent], heap[at]];
      at = parent;
    }
  }

  private sink(): void {
    const { heap } = this;
    for (let at = 0; ; ) {
      let child = 2 * at + 1;
      if (child >= heap.length) return;
      if (child + 1 < heap.length && before(heap[child + 1], heap[child])) child += 1;
      if (!before(heap[child], heap[at])) return;
      [heap[at], heap[child]] = [heap[child], heap[at]];
      at = child;
    }
  }
}
