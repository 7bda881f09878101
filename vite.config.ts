/** Build and tests: the page for any static server and sub-path, and Vitest with Dawn on SwiftShader. */
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { contentSecurityPolicy } from './scripts/content-security-policy.ts';
import { nodeFlags, vulkanEnvironment } from './scripts/environment.mjs';
import { offline } from './scripts/offline.ts';
import { wasmKernels } from './scripts/wasm.mjs';

/** A static server without these serves the same page, which then computes on one thread. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

export default defineConfig({
  base: './',
  plugins: [react(), wasmKernels(), contentSecurityPolicy(), offline()],
  worker: { format: 'es', plugins: () => [wasmKernels()], rolldownOptions: { checks: { pluginTimings: false } } },
  // Cross-origin isolation: threads may share memory.
  server: { headers: isolation },
  preview: { headers: isolation },
  // Nothing is inlined as a data: address, so that the policy can do without them.
  build: { target: 'es2023', assetsInlineLimit: 0, rolldownOptions: { checks: { pluginTimings: false } } },
  test: {
    include: ['src/**/*.test.ts', 'bench/**/*.test.ts'],
    env: vulkanEnvironment(),
    pool: 'forks',
    execArgv: nodeFlags(),
    maxWorkers: 2,
    // Software adapters take their time to compile pipelines.
    testTimeout: 120_000,
  },
});
