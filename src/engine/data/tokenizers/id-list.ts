/** A list of ids that grows by doubling. */
export class IdList {
  private ids: Int32Array;
  private length = 0;

  /** @param capacity a guess */
  constructor(capacity: number) {
    this.ids = new Int32Array(Math.max(16, capacity));
  }

  push(id: number): void {
    this.append(Int32Array.of(id));
  }

  append(ids: ArrayLike<number>): void {
    const end = this.length + ids.length;
    if (end > this.ids.length) {
      const larger = new Int32Array(Math.max(end, 2 * this.ids.length));
      larger.set(this.ids.subarray(0, this.length));
      this.ids = larger;
    }
    // Most words are a few ids: a loop is quicker than set.
    for (let i = 0; i < ids.length; i++) this.ids[this.length + i] = ids[i];
    this.length = end;
  }

  finish(): Int32Array {
    return this.ids.slice(0, this.length);
  }
}
