/** Mounts its children once they come near what is in view, so that the first view does not wait for what lies below. */
import { type ReactNode, startTransition, useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';

interface WhenNearProps {
  /** Stands in for the children, at their size. */
  readonly place: ReactNode;
  readonly children: ReactNode;
}

/** How near, in pixels: a swipe should find them there. */
const marginPx = 300;

export function WhenNear({ place, children }: WhenNearProps) {
  const [isNear, setNear] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isNear || !box.current) return;
    const come = () => startTransition(() => setNear(true));
    // Paper shows everything, and the browser takes it as soon as this returns.
    const comeAtOnce = () => flushSync(() => setNear(true));
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) come();
      },
      { rootMargin: `${marginPx}px` },
    );
    observer.observe(box.current);
    addEventListener('beforeprint', comeAtOnce);
    return () => {
      observer.disconnect();
      removeEventListener('beforeprint', comeAtOnce);
    };
  }, [isNear]);
  return <div ref={box}>{isNear ? children : place}</div>;
}
