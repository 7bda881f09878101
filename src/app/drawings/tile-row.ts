/** What every row of tiles does: it keeps the boxed tile in view, and arrow keys walk it. */
import { type RefObject, useEffect, useRef } from 'react';

/** For the element of the row, which scrolls where the boxed tile would be out of sight.
 *  @param selected the boxed tile; −1 where there is none */
export function useSelectedInView(selected: number, tileWidth: number): RefObject<HTMLDivElement | null> {
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const box = row.current;
    if (!box || selected < 0) return;
    const left = selected * tileWidth;
    if (left < box.scrollLeft) box.scrollLeft = left;
    else if (left + tileWidth > box.scrollLeft + box.clientWidth) box.scrollLeft = left + tileWidth - box.clientWidth;
  }, [selected, tileWidth]);
  return row;
}

/** The tile that a key leads to from another one; undefined for keys that lead nowhere. */
export function arrowTarget(key: string, from: number, count: number): number | undefined {
  const targets: Readonly<Record<string, number>> = {
    ArrowLeft: from - 1,
    ArrowRight: from + 1,
    Home: 0,
    End: count - 1,
  };
  const target = targets[key];
  return target === undefined ? undefined : Math.max(0, Math.min(count - 1, target));
}
