/** Training from the keyboard while presenting. Only then: single keys must not surprise those who type or dictate. */
import { useEffect } from 'react';
import { stateInView } from '../store/comparison.ts';
import type { AppStore } from '../store/store.ts';
import { useAppStore } from '../store/use-app.ts';
import { type Shortcut, shortcutOf } from './shortcuts.ts';

interface Ways {
  readonly showHelp: () => void;
  readonly leave: () => void;
}

export function useShortcuts({ showHelp, leave }: Ways): void {
  const store = useAppStore();
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const shortcut = shortcutOf(event);
      if (!shortcut) return;
      event.preventDefault();
      // A key that is held down asks once.
      if (event.repeat && shortcut !== 'step') return;
      if (shortcut === 'help') showHelp();
      else if (shortcut === 'leave') leave();
      else perform(shortcut, store);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [store, showHelp, leave]);
}

function perform(shortcut: Exclude<Shortcut, 'help' | 'leave'>, { actions, getState }: AppStore): void {
  const { status, run, configuring } = stateInView(getState()).session;
  if (!run || configuring) return;
  if (shortcut === 'reset') return actions.reset();
  if (status === 'training') return shortcut === 'toggle' ? actions.pause() : undefined;
  if (status === 'finished' || status === 'preparing') return;
  if (shortcut === 'toggle') actions.train();
  else actions.step();
}
