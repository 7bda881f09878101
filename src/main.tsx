/** Mounts the page and starts its worker. */
import { MantineProvider } from '@mantine/core';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './app/styles.ts';
import { App } from './app/App.tsx';
import { chosenBackend } from './app/backend-address.ts';
import { saveFile } from './app/files.ts';
import { startLanguages } from './app/i18n/index.ts';
import { keepForOffline } from './app/offline.ts';
import { followAddress } from './app/share/follow-address.ts';
import { createAppStore } from './app/store/store.ts';
import { StoreContext } from './app/store/use-app.ts';
import { theme } from './app/theme.ts';
import { startWorker, watchUnhandled } from './app/worker-client.ts';

startLanguages();

const worker = startWorker((event) => store.actions.receive(event));
const store = createAppStore({
  pageUrl: document.baseURI,
  hash: location.hash,
  post: (command) => worker.post(command),
  keepFile: (file) => saveFile(file, 'weights.safetensors', 'application/octet-stream'),
});
followAddress(store);
watchUnhandled(window, store.actions.receive);
store.actions.open(chosenBackend(location.search));
if (import.meta.env.PROD) keepForOffline(document.baseURI);

const root = document.getElementById('root');
if (!root) throw new Error('The page has no element with the id root.');
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} withCssVariables={false} withGlobalClasses={false} defaultColorScheme="auto">
      <StoreContext value={store}>
        <App />
      </StoreContext>
    </MantineProvider>
  </StrictMode>,
);
