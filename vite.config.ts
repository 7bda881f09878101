/** Build and tests: the page for any static server and sub-path, and Vitest with Dawn on SwiftShader. */
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { contentSecurityPolicy } from './scripts/content-security-policy.ts';
import { halfEnvironment, nodeFlags, vulkanEnvironment } from './scripts/environment.mjs';
import { isolation } from './scripts/isolation.ts';
import { offline } from './scripts/offline.ts';
import { wasmKernels } from './scripts/wasm.mjs';

interface Modules {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null;
}

/** Adds a module, and what it can't do without, to `found`. */
function collect(id: string, modules: Modules, found: Set<string>): Set<string> {
  if (found.has(id)) return found;
  found.add(id);
  for (const each of modules.getModuleInfo(id)?.importedIds ?? []) collect(each, modules, found);
  return found;
}

const entry = fileURLToPath(new URL('src/main.tsx', import.meta.url));
/** What start.ts needs before the file of the first view. */
const earlier = ['vite/preload-helper', 'src/app/next-frame'];
let initial: ReadonlySet<string> | undefined;

/** The file of what the first view needs; null leaves the rest to the bundler. */
function initialFile(id: string, modules: Modules): string | null {
  initial ??= collect(entry, modules, new Set());
  return initial.has(id) && !earlier.some((part) => id.includes(part)) ? 'page' : null;
}

const unitTests = ['src/**/*.test.ts', 'bench/**/*.test.ts'];

/** Half precision, on an adapter that has it: the cases of these files again, and files of its own. */
const halfTests = [
  'src/**/*.half.test.ts',
  'src/engine/kernels/{matmul,attention,layer-norm}.test.ts',
  'src/engine/ops/ops.test.ts',
];

export default defineConfig({
  base: './',
  css: { transformer: 'lightningcss' },
  plugins: [react(), wasmKernels(), contentSecurityPolicy(), offline()],
  worker: { format: 'es', plugins: () => [wasmKernels()], rolldownOptions: { checks: { pluginTimings: false } } },
  server: { headers: isolation },
  preview: { headers: isolation },
  build: {
    target: 'es2023',
    // Minified; compressed it is a third of that, and a test bounds it.
    chunkSizeWarningLimit: 800,
    // Nothing is inlined as a data: address, so that the policy can do without them.
    assetsInlineLimit: 0,
    // One sheet, in the order of styles.ts: rules of our own come after Mantine's, whichever part of the page asks first.
    cssCodeSplit: false,
    rolldownOptions: {
      checks: { pluginTimings: false },
      // One file for the first view, instead of dozens that it shares with what comes later.
      output: {
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [{ name: initialFile }],
        },
      },
    },
  },
  test: {
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: unitTests, exclude: ['**/*.half.test.ts'], env: vulkanEnvironment() },
      },
      { extends: true, test: { name: 'half', include: halfTests, env: halfEnvironment() } },
    ],
    pool: 'forks',
    execArgv: nodeFlags(),
    maxWorkers: 2,
    // Software adapters take their time to compile pipelines.
    testTimeout: 120_000,
  },
});
