/** Competitors in the workers of pages, in headless Chromium, with or without WebGPU and cross-origin isolation. */
import { chromium } from 'playwright';
import { preview } from 'vite';
import { findChromium } from '../../scripts/environment.mjs';
import { isolation } from '../../scripts/isolation.ts';
import type { Calls } from './library.ts';
import type { Place, Runner } from './place.ts';

declare global {
  /** In the page: settles when its worker answers. */
  var ready: Promise<unknown>;
  /** In the worker. */
  var competitor: Calls;
}

export interface ChromiumOptions {
  readonly webgpu: boolean;
  /** Threads need it. */
  readonly isolated: boolean;
}

const withWebGpu = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];

/** @param folder the bundled page */
export async function chromiumPlace(folder: string, { webgpu, isolated }: ChromiumOptions): Promise<Place> {
  const server = await preview({
    configFile: false,
    logLevel: 'error',
    build: { outDir: folder },
    preview: { headers: isolated ? isolation : {} },
  });
  const args = ['--headless=new', '--no-sandbox', ...(webgpu ? withWebGpu : [])];
  // Served, so that it can be killed: closing waits for work that is still queued on the device.
  const served = await chromium.launchServer({ executablePath: findChromium(), args });
  const browser = await chromium.connect(served.wsEndpoint());
  return {
    host: `Chromium ${browser.version()}`,
    async start(): Promise<Runner> {
      const page = await browser.newPage();
      const [worker] = await Promise.all([page.waitForEvent('worker'), page.goto(server.resolvedUrls!.local[0])]);
      await page.evaluate(() => globalThis.ready);
      return {
        open: (...options) => worker.evaluate((given) => globalThis.competitor.open(...given), options),
        run: (...options) => worker.evaluate((given) => globalThis.competitor.run(...given), options),
        close: () => page.close(),
      };
    },
    async close() {
      await served.kill();
      await server.close();
    },
  };
}
