/** Which samples hang under the ruler: one at the start and one at each of the last three decades. */
import type { Sample } from '../../contract/messages.ts';

export interface MarkedSample {
  readonly mark: number;
  /** Undefined where training has not come so far. */
  readonly text?: string;
}

const decadesShown = 3;

/** The first sample from each mark on, before the next mark. */
export function hungSamples(samples: readonly Sample[], totalSteps: number): MarkedSample[] {
  const decades = Math.floor(Math.log10(Math.max(1, totalSteps)) + 1e-9);
  const first = Math.max(0, decades - decadesShown + 1);
  const marks = [0, ...Array.from({ length: decades - first + 1 }, (_, index) => 10 ** (first + index))];
  return marks.map((mark, index) => {
    const end = marks[index + 1] ?? Number.POSITIVE_INFINITY;
    return { mark, text: samples.find(({ step }) => step >= mark && step < end)?.text };
  });
}
