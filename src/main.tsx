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
import { keepForOffline } from './app/offline.ts';
import { followAddress } from './app/share/follow-address.ts';
import { createAppStore } from './app/store/store.ts';
import { StoreContext } from './app/store/use-app.ts';
import { theme } from './app/theme.ts';
import { startWorker, watchUnhandled } from './app/worker-client.ts';

/** Lets the browser do what it has to: a start in one task would hold it up for too long. */
const nextTask = () => new Promise((resolve) => setTimeout(resolve));

async function start(): Promise<void> {
  await nextTask();
  startLanguages();
  await nextTask();

  const worker = startWorker((event) => store.actions.receive(event));
  const store = createAppStore({
    pageUrl: document.baseURI,
    hash: location.hash,
    post: (command) => worker.post(command),
    keepFile: saveFile,
  });
  followAddress(store);
  watchUnhandled(window, store.actions.receive);
  store.actions.open(chosenBackend(location.search));
  if (import.meta.env.PROD) keepForOffline(document.baseURI);

  store.actions.expectFallback(await expectedFallback(location.search));
  const root = document.getElementById('root');
  if (!root) throw new Error('The page has no element with the id root.');
  const reactRoot = createRoot(root);
  setTimeout(prepareNumbers, 0, document.documentElement.lang);
  // In slices: what the user does in the meantime comes first.
  startTransition(() =>
    reactRoot.render(
      <StrictMode>
        <MantineProvider theme={theme} withCssVariables={false} withGlobalClasses={false} defaultColorScheme="auto">
          <StoreContext value={store}>
            <App />
          </StoreContext>
        </MantineProvider>
      </StrictMode>,
    ),
  );
}

void start();
