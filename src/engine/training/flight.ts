/** Steps asked of the device and not yet done: two at most, whichever trainers ask for them. */
const most = 2;

export class Flight {
  private readonly waiting: Promise<unknown>[] = [];

  /** Takes up a step; where that makes enough of them, waits for the oldest. */
  async add(step: Promise<unknown>): Promise<void> {
    this.waiting.push(step);
    if (this.waiting.length >= most) await this.waiting.shift();
  }

  /** Waits for all of them. */
  async land(): Promise<void> {
    await Promise.all(this.waiting.splice(0));
  }

  /** Waits for all of them, whatever becomes of them. */
  async abandon(): Promise<void> {
    await Promise.allSettled(this.waiting.splice(0));
  }
}
