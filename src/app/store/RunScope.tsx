/** Makes one of the compared runs the state of the page for what is drawn inside. */
import { type ReactNode, useMemo } from 'react';
import { stateInView } from './comparison.ts';
import type { AppState } from './state.ts';
import type { AppStore } from './store.ts';
import { StoreContext, useAppStore } from './use-app.ts';

interface RunScopeProps {
  readonly index: number;
  readonly children: ReactNode;
}

export function RunScope({ index, children }: RunScopeProps) {
  const store = useAppStore();
  const scoped = useMemo(() => scopedStore(store, (state) => state.comparison.runs[index] ?? state), [store, index]);
  return <StoreContext value={scoped}>{children}</StoreContext>;
}

/** What training and its buttons are about: the first of the compared runs while they are on show. */
export function RunInView({ children }: Pick<RunScopeProps, 'children'>) {
  const store = useAppStore();
  const scoped = useMemo(() => scopedStore(store, stateInView), [store]);
  return <StoreContext value={scoped}>{children}</StoreContext>;
}

function scopedStore(store: AppStore, select: (state: AppState) => AppState): AppStore {
  return { ...store, getState: () => select(store.getState()), getInitialState: () => select(store.getInitialState()) };
}
