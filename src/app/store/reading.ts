/** How far the worker is with a text. */
import type { AppState } from './state.ts';

type Progress = NonNullable<AppState['session']['progress']>;

/** Where each part of the reading begins, as a share of the whole; the last ends at 1. About as long as they take. */
const beginnings: Readonly<Partial<Record<Progress['task'], readonly [number, number]>>> = {
  corpus: [0, 0.4],
  vocabulary: [0.4, 0.6],
  tokenize: [0.6, 0.9],
  baselines: [0.9, 1],
};

export function isReading({ task }: Progress): boolean {
  return beginnings[task] !== undefined;
}

/** The reading under way; undefined where there is none, or it has only begun and may be done at once. */
export function readingOf({ session }: AppState): Progress | undefined {
  const { progress, configuring } = session;
  return configuring && progress && isReading(progress) && progress.done > 0 ? progress : undefined;
}

/** How much of the whole reading is done, 0 to 1 in hundredths. */
export function wholeShare({ task, done, total }: Progress): number {
  const [from, to] = beginnings[task] ?? [0, 1];
  return Math.round(100 * (from + (to - from) * (done / total))) / 100;
}
