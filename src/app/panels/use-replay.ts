/** Plays the run again on the scale of the ruler, from step 0 to now. */
import { useCallback, useEffect, useState } from 'react';
import { stepAt } from '../charts/step-scale.ts';
import { useAppStore } from '../store/use-app.ts';

const replayMs = 6000;
const frameMs = 125;
const calmFrameMs = 500;

export function useReplay(): { readonly isRunning: boolean; readonly toggle: () => void } {
  const store = useAppStore();
  const [isRunning, setRunning] = useState(false);
  useEffect(() => {
    if (!isRunning) return;
    const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const last = store.getState().session.step;
    const startMs = performance.now();
    const timer = setInterval(
      () => {
        const share = (performance.now() - startMs) / replayMs;
        store.actions.viewStep(share < 1 ? stepAt(share, last) : undefined);
        if (share >= 1) setRunning(false);
      },
      isCalm ? calmFrameMs : frameMs,
    );
    return () => {
      clearInterval(timer);
      store.actions.viewStep(undefined);
    };
  }, [isRunning, store]);
  const toggle = useCallback(() => setRunning((running) => !running), []);
  return { isRunning, toggle };
}
