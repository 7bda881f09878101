/** The built page in Chromium: time to a page that can train, from the click to the first step, tasks and React commits. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright';
import { build, preview } from 'vite';
import { findChromium } from '../scripts/environment.mjs';

const seconds = Number(process.argv[2] ?? 30);
const outDir = await mkdtemp(join(tmpdir(), 'page-'));
const quiet = { logLevel: 'error' };
// React's profiling build times each commit; the page is otherwise what is shipped.
const alias = { 'react-dom/client': 'react-dom/profiling' };
await build({ ...quiet, resolve: { alias }, build: { outDir, emptyOutDir: true } });
await build({
  ...quiet,
  configFile: false,
  publicDir: false,
  build: {
    ssr: 'bench/main-thread.ts',
    outDir: join(outDir, 'bench'),
    rollupOptions: { output: { entryFileNames: 'main-thread.mjs' } },
  },
});
const { taskTimes } = await import(pathToFileURL(join(outDir, 'bench', 'main-thread.mjs')));
const server = await preview({ ...quiet, build: { outDir }, preview: { port: Number(process.env.E2E_PORT ?? 4392) } });
const args = ['--headless=new', '--no-sandbox', '--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];
const browser = await chromium.launch({ executablePath: findChromium(), args });
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'en-US' });
  await page.addInitScript(() => {
    const commits = [];
    const onCommitFiberRoot = (_id, root) => commits.push(root.current.actualDuration);
    const inject = () => 1;
    const nothing = () => {};
    Object.assign(globalThis, {
      commits,
      __REACT_DEVTOOLS_GLOBAL_HOOK__: {
        supportsFiber: true,
        inject,
        onCommitFiberRoot,
        onCommitFiberUnmount: nothing,
        onPostCommitFiberRoot: nothing,
      },
    });
  });
  const train = page.getByRole('button', { name: 'Train', exact: true });
  const openedMs = await timed(async () => {
    await page.goto(server.resolvedUrls.local[0]);
    await page.waitForFunction(() =>
      [...document.querySelectorAll('button:enabled')].some((b) => b.textContent === 'Train'),
    );
  });
  const first = page.waitForFunction(() => /step [1-9]/.test(document.querySelector('header')?.textContent ?? ''));
  const firstStepMs = await timed(async () => {
    await train.click();
    await first;
  });
  await page.evaluate(() => {
    globalThis.commits.length = 0;
  });
  const tasks = await taskTimes(browser, page, () => page.waitForTimeout(seconds * 1000));
  const commits = (await page.evaluate(() => globalThis.commits)).sort((a, b) => a - b);
  const at = (share) => Number(commits[Math.floor(share * (commits.length - 1))]?.toFixed(2));
  const renders = { count: commits.length, medianMs: at(0.5), p95Ms: at(0.95), longestMs: at(1) };
  await page.close();
  const encode = await encodeTimes(server.resolvedUrls.local[0]);
  process.stdout.write(
    `${JSON.stringify({ seconds, openedMs, firstStepMs, tasks, commits: renders, encode }, null, 2)}\n`,
  );
} finally {
  await browser.close();
  await server.close();
  await rm(outDir, { recursive: true });
}

/** JavaScript of a step's commands in the worker, from the encoder to the submit, for a model of twelve layers on WebGPU. */
async function encodeTimes(address) {
  const page = await browser.newPage();
  const layers = 12;
  const settings = `model.layers=${layers}&model.width=32&model.heads=2&model.context=16&training.batch=2`;
  await page.goto(`${address}?lang=en&backend=webgpu#${settings}`);
  const train = page.getByRole('button', { name: 'Train', exact: true });
  await train.click({ timeout: 240_000 });
  const [worker] = page.workers();
  await worker.evaluate(() => {
    globalThis.encodeMs = [];
    let startMs = 0;
    const { createCommandEncoder } = GPUDevice.prototype;
    GPUDevice.prototype.createCommandEncoder = function (...options) {
      startMs = performance.now();
      return createCommandEncoder.apply(this, options);
    };
    const { submit } = GPUQueue.prototype;
    GPUQueue.prototype.submit = function (...buffers) {
      globalThis.encodeMs.push(performance.now() - startMs);
      return submit.apply(this, buffers);
    };
  });
  await page.waitForTimeout(10_000);
  const times = (await worker.evaluate(() => globalThis.encodeMs)).sort((a, b) => a - b);
  await page.close();
  return { layers, steps: times.length, medianMs: times[times.length >> 1], longestMs: times.at(-1) };
}

async function timed(act) {
  const startMs = performance.now();
  await act();
  return Math.round(performance.now() - startMs);
}
