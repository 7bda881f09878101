/** Keeps the page's address at the run on show, so that a reload brings the settings back, and follows links into it. */
import { debounce } from '../store/debounce.ts';
import { sharedSettings, writeLink } from '../store/link.ts';
import { isSame } from '../store/settings.ts';
import type { AppStore } from '../store/store.ts';

/** Browsers allow about three changes a second. */
const delayMs = 400;

export function followAddress(store: AppStore): void {
  const write = debounce(() => {
    const shared = sharedSettings(store.getState());
    if (shared) history.replaceState(null, '', writeLink(location.href, shared));
  }, delayMs);
  store.subscribe((state, before) => {
    const isFirst = before.settings.draft === undefined;
    if (!isFirst && !isSame(sharedSettings(state), sharedSettings(before))) write.later();
  });
  window.addEventListener('hashchange', () => store.actions.openLink(location.hash));
}
