/** The plane over a plot that takes pointer, wheel and keys: reading a step, and coming closer to a stretch of steps. */
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import type { DetailChartProps } from './DetailChart.tsx';
import classes from './ReadingPlane.module.css';
import { zoomedAround } from './zoom.ts';

type PlaneProps = Pick<DetailChartProps, 'axis' | 'cursor' | 'lastStep' | 'onCursor' | 'onZoom' | 'words'> & {
  readonly plot: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
};

/** A shorter drag is a click. */
const shortestDrag = 0.015;
const wheelFactor = 0.0015;
const keyFactor = 0.5;

export function ReadingPlane({ axis, cursor, lastStep, onCursor, onZoom, words, plot }: PlaneProps) {
  const plane = useRef<HTMLDivElement>(null);
  const [drag, setDrag] = useState<readonly [number, number]>();
  const read = (step: number) => onCursor(Math.min(lastStep, Math.max(0, Math.round(step))));
  const zoom = (factor: number, around: number) => onZoom(zoomedAround(axis, around, factor, lastStep));
  const latestZoom = useRef(zoom);
  useEffect(() => {
    latestZoom.current = zoom;
  });
  useEffect(() => {
    const element = plane.current;
    if (!element) return;
    const turn = (event: WheelEvent) => {
      event.preventDefault();
      latestZoom.current(Math.exp(event.deltaY * wheelFactor), fractionOf(event, element));
    };
    // React's own wheel handlers are passive and could not keep the dialog from scrolling.
    element.addEventListener('wheel', turn, { passive: false });
    return () => element.removeEventListener('wheel', turn);
  }, []);

  const press = (event: PointerEvent<HTMLDivElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    const at = fractionOf(event, event.currentTarget);
    setDrag([at, at]);
  };
  const move = (event: PointerEvent<HTMLDivElement>) => {
    const at = fractionOf(event, event.currentTarget);
    read(axis.unrounded(at));
    if (drag) setDrag([drag[0], at]);
  };
  const release = () => {
    setDrag(undefined);
    if (!drag || Math.abs(drag[1] - drag[0]) < shortestDrag) return;
    const [from, to] = [...drag].sort((a, b) => a - b).map((at) => Math.round(axis.unrounded(at)));
    if (to > from + 1) onZoom([from, to]);
  };
  const key = (event: KeyboardEvent) => {
    const by = Math.max(1, Math.round((axis.to - axis.from) / 20));
    const targets: Readonly<Record<string, number>> = {
      ArrowLeft: cursor - 1,
      ArrowRight: cursor + 1,
      PageDown: cursor - by,
      PageUp: cursor + by,
      Home: axis.from,
      End: axis.to,
    };
    const factors: Readonly<Record<string, number>> = { '+': keyFactor, '=': keyFactor, '-': 1 / keyFactor };
    const [target, factor] = [targets[event.key], factors[event.key]];
    if (target !== undefined) read(target);
    else if (factor !== undefined) zoom(factor, axis.fraction(cursor));
    else if (event.key === '0') onZoom(undefined);
    else return;
    event.preventDefault();
  };

  return (
    <div
      ref={plane}
      className={classes.plane}
      style={{ left: plot.left, right: plot.right, top: plot.top, bottom: plot.bottom }}
      role="slider"
      tabIndex={0}
      aria-label={words.plane}
      aria-valuemin={0}
      aria-valuemax={lastStep}
      aria-valuenow={cursor}
      aria-valuetext={words.reading}
      onPointerDown={press}
      onPointerMove={move}
      onPointerUp={release}
      onPointerCancel={() => setDrag(undefined)}
      onDoubleClick={() => onZoom(undefined)}
      onKeyDown={key}
    >
      {drag && (
        <span
          className={classes.chosen}
          style={{ left: `${100 * Math.min(...drag)}%`, width: `${100 * Math.abs(drag[1] - drag[0])}%` }}
        />
      )}
    </div>
  );
}

function fractionOf({ clientX }: { readonly clientX: number }, element: Element): number {
  const { left, width } = element.getBoundingClientRect();
  return Math.min(1, Math.max(0, (clientX - left) / width));
}
