/** Which samples hang under the ruler: one at the start and one at each of the last three decades. */
import type { Sample } from '../../contract/messages.ts';

export interface MarkedSample {
  /** Step of the text, or of the mark where training has not come so far. */
  readonly step: number;
  readonly text?: string;
  /** The last one written up to the step in view. */
  readonly isInView: boolean;
}

const decadesShown = 3;

/** The first sample from each mark on, before the next mark.
 *  @param viewedStep an earlier step in view: its decade shows what had been written by then */
export function hungSamples(samples: readonly Sample[], totalSteps: number, viewedStep?: number): MarkedSample[] {
  const decades = Math.floor(Math.log10(Math.max(1, totalSteps)) + 1e-9);
  const first = Math.max(0, decades - decadesShown + 1);
  const marks = [0, ...Array.from({ length: decades - first + 1 }, (_, index) => 10 ** (first + index))];
  const viewed = viewedStep === undefined ? undefined : samples.findLast(({ step }) => step <= viewedStep);
  return marks.map((mark, index) => {
    const end = marks[index + 1] ?? Number.POSITIVE_INFINITY;
    const isHere = ({ step }: Sample) => step >= mark && step < end;
    const isInView = viewed !== undefined && isHere(viewed);
    const shown = isInView ? viewed : samples.find(isHere);
    return { step: shown?.step ?? mark, text: shown?.text, isInView };
  });
}
