/** Mounts the page and starts its worker. */
import { MantineProvider } from '@mantine/core';
import { StrictMode, startTransition } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { chosenBackend } from './app/backend-address.ts';
import { expectedFallback } from './app/expected-fallback.ts';
import { saveFile } from './app/files.ts';
import { prepareNumbers } from './app/format.ts';
import { startLanguages } from './app/i18n/index.ts';
import { keepTextOnLeaving, takeKeptText } from './app/kept-text.ts';
import { nextFrame } from './app/next-frame.ts';
import { keepForOffline } from './app/offline.ts';
import { followAddress } from './app/share/follow-address.ts';
import { createAppStore } from './app/store/store.ts';
import { StoreContext } from './app/store/use-app.ts';
import { theme } from './app/theme.ts';
import { startWorker, watchUnhandled } from './app/worker-client.ts';

/** Lets the browser do what it has to: a start in one task would hold it up for too long. */
const nextTask = () => new Promise((resolve) => setTimeout(resolve));

/** React's strict mode calls effects twice. */
function once(act: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) act();
    isDone = true;
  };
}

async function start(): Promise<void> {
  await nextTask();
  startLanguages();
  prepareNumbers(document.documentElement.lang);
  await nextTask();

  const worker = startWorker((event) => {
    store.actions.receive(event);
    // It loads all that the page may ever need, so it comes last.
    if (event.type === 'ready' && import.meta.env.PROD) keepForOffline(document.baseURI);
  });
  const keptText = takeKeptText();
  const store = createAppStore({
    pageUrl: document.baseURI,
    hash: location.hash,
    keptText,
    post: (command) => worker.post(command),
    keepFile: saveFile,
  });
  followAddress(store);
  keepTextOnLeaving(store, keptText);
  watchUnhandled(window, store.actions.receive);
  store.actions.expectFallback(await expectedFallback(location.search));
  const root = document.getElementById('root');
  if (!root) throw new Error('The page has no element with the id root.');
  const reactRoot = createRoot(root);
  // The worker and the first view want the same cores, and the view goes first.
  const onShown = once(() => nextFrame().then(() => store.actions.open(chosenBackend(location.search))));
  // In slices: what the user does in the meantime comes first.
  startTransition(() =>
    reactRoot.render(
      <StrictMode>
        <MantineProvider theme={theme} withCssVariables={false} withGlobalClasses={false} defaultColorScheme="auto">
          <StoreContext value={store}>
            <App onShown={onShown} />
          </StoreContext>
        </MantineProvider>
      </StrictMode>,
    ),
  );
}

void start();
