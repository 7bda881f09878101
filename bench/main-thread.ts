/** Work on the page's main thread, from a Chromium trace: how much processor time each task took. */
import type { Browser, Page } from 'playwright';

export interface TaskTimes {
  readonly tasks: number;
  /** Tasks above 50 ms of processor time of the main thread: what a long task is on a machine that is not busy. */
  readonly long: number;
  /** Tasks above 50 ms on the clock, waiting for a processor included. */
  readonly longOnClock: number;
  readonly longestMs: number;
  readonly totalMs: number;
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly dur?: number;
  /** Processor time of the thread, in microseconds. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string; readonly data?: { readonly frames?: readonly { processId?: number }[] } };
}

const longMs = 50;
const categories = [
  '-*',
  'toplevel',
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
  'blink.user_timing',
];

/** Traces the page while `act` runs. */
export async function taskTimes(browser: Browser, page: Page, act: () => Promise<void>): Promise<TaskTimes> {
  await browser.startTracing(page, { categories });
  await act();
  const trace = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  const { traceEvents } = trace;
  const frames = traceEvents.find(({ name }) => name === 'TracingStartedInBrowser')?.args?.data?.frames;
  const processId = frames?.[0]?.processId;
  const main = traceEvents.find(
    ({ name, args, pid }) => name === 'thread_name' && args?.name === 'CrRendererMain' && pid === processId,
  );
  // Each task is in the trace once more under its scheduler's name, around or inside of this.
  const tasks = traceEvents.filter(
    ({ name, ph, pid, tid }) => name === 'RunTask' && ph === 'X' && pid === main?.pid && tid === main?.tid,
  );
  const cpuMs = tasks.map(({ tdur = 0 }) => tdur / 1000);
  if (!main || cpuMs.every((ms) => ms === 0)) throw new Error('the trace has no task of the main thread');
  return {
    tasks: tasks.length,
    long: cpuMs.filter((ms) => ms > longMs).length,
    longOnClock: tasks.filter(({ dur = 0 }) => dur / 1000 > longMs).length,
    longestMs: Math.max(...cpuMs),
    totalMs: cpuMs.reduce((sum, ms) => sum + ms, 0),
  };
}
