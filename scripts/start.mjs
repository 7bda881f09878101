/** npm start: sets up what is missing, builds the page, serves it on a free port, and opens it. */
import { spawn } from 'node:child_process';
import { ensureCorpora, ensurePackages, giveUp, root, run } from './setup.mjs';

ensurePackages();
ensureCorpora();
process.stdout.write('Building…\n');
if (!run(process.execPath, ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn']))
  giveUp('The build failed.');

const { preview } = await import('vite');
const port = Number(process.env.PORT ?? 4173);
const server = await preview({ root, preview: { port, strictPort: false, host: 'localhost' }, logLevel: 'warn' });
const address = server.resolvedUrls?.local[0] ?? `http://localhost:${port}/`;
process.stdout.write(`\nPretraining Playground runs at ${address}\nCtrl-C stops it.\n`);
openBrowser(address);

for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(0));

/** Where there is a browser; quietly nothing where there is none. */
function openBrowser(url) {
  if (process.env.CI || process.env.BROWSER === 'none') return;
  const [command, ...options] = { darwin: ['open', url], win32: ['cmd', '/c', 'start', '', url] }[process.platform] ?? [
    'xdg-open',
    url,
  ];
  const child = spawn(command, options, { detached: true, stdio: 'ignore' });
  child.on('error', () => {});
  child.unref();
}
