/** The page with the scripted worker in place of the engine: everything about the page, nothing about training, and quick. */
import { build } from 'vite';
import type { FakeScript } from '../src/testing/fake-worker.ts';
import { test as base, type Playground } from './fixtures.ts';

let bundled: Promise<string> | undefined;

/** The scripted worker as one script. */
async function bundle(): Promise<string> {
  const output = await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      minify: false,
      lib: { entry: 'src/testing/fake-worker.ts', formats: ['iife'], name: 'scriptedWorker', fileName: 'worker' },
    },
  });
  const [{ output: chunks }] = [output].flat() as { output: { type: string; code?: string }[] }[];
  return chunks.find(({ type }) => type === 'chunk')?.code ?? '';
}

interface Options {
  readonly script: Partial<FakeScript>;
}

export const test = base.extend<Options & { playground: Playground }>({
  script: [{}, { option: true }],
  page: async ({ page, script }, use) => {
    bundled ??= bundle();
    const content = `${await bundled}\nscriptedWorker.installFakeWorker(${JSON.stringify(script)});`;
    await page.addInitScript({ content });
    await use(page);
  },
});
