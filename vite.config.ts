/** Build and tests: the page for any static server and sub-path, and Vitest with Dawn on SwiftShader. */
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { nodeFlags, vulkanEnvironment } from './scripts/environment.mjs';
import { wasmKernels } from './scripts/wasm.mjs';

/** A static server without these serves the same page, which then computes on one thread. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

export default defineConfig({
  base: './',
  plugins: [react(), wasmKernels()],
  worker: { format: 'es', plugins: () => [wasmKernels()] },
  // Cross-origin isolation: threads may share memory.
  server: { headers: isolation },
  preview: { headers: isolation },
  build: { target: 'es2023' },
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
