/** Which samples hang under the ruler: one at the start and one at each of the last three decades. */

interface Hung<Entry> {
  /** Step of the entry, or of the mark where training has not come so far. */
  readonly step: number;
  readonly entry?: Entry;
  /** The last one made up to the step in view. */
  readonly isInView: boolean;
}

const decadesShown = 3;

/** The first entry from each mark on, before the next mark.
 *  @param viewedStep an earlier step in view: its decade shows what had been made by then */
export function hungSamples<Entry extends { readonly step: number }>(
  entries: readonly Entry[],
  totalSteps: number,
  viewedStep?: number,
): Hung<Entry>[] {
  const decades = Math.floor(Math.log10(Math.max(1, totalSteps)) + 1e-9);
  const first = Math.max(0, decades - decadesShown + 1);
  const marks = [0, ...Array.from({ length: decades - first + 1 }, (_, index) => 10 ** (first + index))];
  const viewed = viewedStep === undefined ? undefined : entries.findLast(({ step }) => step <= viewedStep);
  return marks.map((mark, index) => {
    const end = marks[index + 1] ?? Number.POSITIVE_INFINITY;
    const isHere = ({ step }: Entry) => step >= mark && step < end;
    const isInView = viewed !== undefined && isHere(viewed);
    const entry = isInView ? viewed : entries.find(isHere);
    return { step: entry?.step ?? mark, entry, isInView };
  });
}
