/** Keeps a pasted text while the page reloads, as another backend asks for: in this tab alone, and until it is back. */
import { inStorage } from './storage.ts';
import { ownCorpus } from './store/settings.ts';
import type { AppState } from './store/state.ts';
import type { AppStore } from './store/store.ts';

const storageKey = 'text';
/** In characters; browsers let a tab keep some five megabytes, two to a character. */
const longest = 2_000_000;

/** The text that the page has left for itself, which then is nowhere else. */
export function takeKeptText(): string | undefined {
  return inStorage('sessionStorage', (storage) => {
    const text = storage.getItem(storageKey) ?? undefined;
    storage.removeItem(storageKey);
    return text;
  });
}

/** @param kept text that the page has taken, which goes back where it leaves before it could put it in its place */
export function keepTextOnLeaving({ getState }: AppStore, kept?: string): void {
  window.addEventListener('pagehide', () => {
    const state = getState();
    const text = state.settings.draft ? pastedText(state) : kept;
    if (text !== undefined && text.length <= longest)
      inStorage('sessionStorage', (storage) => storage.setItem(storageKey, text));
  });
  // It comes back whole where the browser has kept all of the page.
  window.addEventListener('pageshow', ({ persisted }) => {
    if (persisted) takeKeptText();
  });
}

/** What it trains on, where that was pasted. */
function pastedText({ settings: { draft, ownText } }: AppState): string | undefined {
  const isOwn = draft?.corpus === ownCorpus;
  return isOwn && typeof ownText?.content === 'string' ? ownText.content : undefined;
}
