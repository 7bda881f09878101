/** Mounts its children once they are in view, or near it when the user moves: the first view does not wait for what lies below. */
import { type ReactNode, startTransition, useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';

interface WhenNearProps {
  /** Stands in for the children, at their size. */
  readonly place: ReactNode;
  readonly children: ReactNode;
}

/** Less of them shows nothing, and on a phone lies behind the bar with the buttons. */
const edgePx = 64;
/** A swipe should find them there. */
const aheadPx = 300;

export function WhenNear({ place, children }: WhenNearProps) {
  const [isNear, setNear] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const target = box.current;
    if (isNear || !target) return;
    let observer: IntersectionObserver | undefined;
    const watch = (marginPx: number) => {
      observer?.disconnect();
      observer = new IntersectionObserver(
        (entries) => {
          if (entries.some((entry) => entry.isIntersecting)) startTransition(() => setNear(true));
        },
        { rootMargin: `${marginPx}px` },
      );
      observer.observe(target);
    };
    const lookAhead = () => watch(aheadPx);
    // Paper shows everything, and the browser takes it as soon as this returns.
    const comeAtOnce = () => flushSync(() => setNear(true));
    watch(-edgePx);
    addEventListener('scroll', lookAhead, { capture: true, once: true, passive: true });
    addEventListener('beforeprint', comeAtOnce);
    return () => {
      observer?.disconnect();
      removeEventListener('scroll', lookAhead, { capture: true });
      removeEventListener('beforeprint', comeAtOnce);
    };
  }, [isNear]);
  return <div ref={box}>{isNear ? children : place}</div>;
}
