/** The store as React sees it: selections, the actions, and selections that change at a readable pace. */
import { createContext, startTransition, useContext, useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { Actions } from './actions.ts';
import type { AppState } from './state.ts';
import type { AppStore } from './store.ts';

export const StoreContext = createContext<AppStore | undefined>(undefined);

/** The store itself. */
export function useAppStore(): AppStore {
  const store = useContext(StoreContext);
  if (!store) throw new Error('No store above this component.');
  return store;
}

/** A part of the state; draws again when it changes. */
export function useApp<Part>(select: (state: AppState) => Part): Part {
  return useStore(useAppStore(), select);
}

export function useActions(): Actions {
  return useAppStore().actions;
}

/** Eight times a second is as fast as drawings change; twice where motion is unwelcome. */
const paceMs = 125;
const calmPaceMs = 500;

/** A part of the state that changes at most eight times a second; what the user does shows at once. */
export function usePaced<Part>(select: (state: AppState) => Part, slowestMs = paceMs): Part {
  const store = useAppStore();
  const [part, setPart] = useState(() => select(store.getState()));
  const lastMs = useRef(0);
  const latestSelect = useRef(select);
  useEffect(() => {
    latestSelect.current = select;
  });
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let touched = touchedBy(store.getState());
    const intervalMs = matchMedia('(prefers-reduced-motion: reduce)').matches
      ? Math.max(slowestMs, calmPaceMs)
      : slowestMs;
    const draw = () => {
      clearTimeout(timer);
      timer = undefined;
      touched = touchedBy(store.getState());
      lastMs.current = performance.now();
      setPart(() => latestSelect.current(store.getState()));
    };
    // Nobody waits for what training changes: React may do it in slices, and the page stays responsive.
    const drawCalmly = () => startTransition(draw);
    const changed = () => {
      if (touchedBy(store.getState()) !== touched) return draw();
      if (timer !== undefined) return;
      const waitMs = lastMs.current + intervalMs - performance.now();
      if (waitMs <= 0) drawCalmly();
      else timer = setTimeout(drawCalmly, waitMs);
    };
    changed();
    const stop = store.subscribe(changed);
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [store, slowestMs]);
  return part;
}

/** The step, the tile and the blanks that the user has chosen to see. */
function touchedBy({ prediction, blanks }: AppState): string {
  return `${prediction.viewedStep} ${prediction.position} ${blanks.position} ${blanks.chosen}`;
}
