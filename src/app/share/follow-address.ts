/** Keeps the page's address at the run on show, so that a reload brings the settings back, and follows links into it. */
import { debounce } from '../store/debounce.ts';
import { writeLink } from '../store/link.ts';
import type { AppStore } from '../store/store.ts';

/** Browsers allow about three changes a second. */
const delayMs = 400;

export function followAddress(store: AppStore): void {
  const write = debounce(() => {
    const { draft: configuration, sampling } = store.getState().settings;
    if (configuration) history.replaceState(null, '', writeLink(location.href, { configuration, sampling }));
  }, delayMs);
  store.subscribe(({ settings }, before) => {
    const isFirst = before.settings.draft === undefined;
    const isSame = settings.draft === before.settings.draft && settings.sampling === before.settings.sampling;
    if (!isFirst && !isSame) write.later();
  });
  window.addEventListener('hashchange', () => store.actions.openLink(location.hash));
}
