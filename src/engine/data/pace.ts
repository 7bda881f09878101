/** Keeps long work on a text from deafening the worker: it lets commands in, tells how far it is, and can be stopped. */
import type { Task } from '../../contract/messages.ts';

/** Shortest time between two reports. */
const reportMs = 200;
/** Longest time for which no command gets in. */
const deafMs = 40;

/** Thrown by work that was stopped: by the user, or because newer settings took its place. */
export class Cancelled extends Error {
  constructor(readonly by: 'user' | 'newer') {
    super(`cancelled by ${by}`);
  }
}

export type Report = (task: Task, done: number, total: number) => void;

export class Pace {
  private lastReportMs = performance.now();
  private lastBreathMs = performance.now();

  constructor(
    private readonly report: Report,
    private readonly signal?: AbortSignal,
  ) {}

  /** @throws the signal's reason once it is aborted */
  check(): void {
    this.signal?.throwIfAborted();
  }

  /** To be awaited between two pieces of work. @throws the signal's reason once it is aborted */
  async tick(task: Task, done: number, total: number): Promise<void> {
    const nowMs = performance.now();
    if (nowMs - this.lastReportMs >= reportMs) {
      this.lastReportMs = nowMs;
      this.report(task, done, total);
    }
    if (nowMs - this.lastBreathMs >= deafMs) {
      await new Promise((resolve) => setTimeout(resolve));
      this.lastBreathMs = performance.now();
    }
    this.check();
  }
}

/** For work that nobody waits for. */
export const silentPace = new Pace(() => {});
