/** Build and tests: the page for any static server and sub-path, and Vitest with Dawn on SwiftShader. */
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { vulkanEnvironment } from './scripts/environment.mjs';

export default defineConfig({
  base: './',
  plugins: [react()],
  worker: { format: 'es' },
  build: { target: 'es2023' },
  test: {
    include: ['src/**/*.test.ts', 'bench/**/*.test.ts'],
    env: vulkanEnvironment(),
    pool: 'forks',
    maxWorkers: 2,
    // Software adapters take their time to compile pipelines.
    testTimeout: 120_000,
  },
});
