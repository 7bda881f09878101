/** Build and tests: the page for any static server and sub-path, and Vitest with Dawn on SwiftShader. */
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { contentSecurityPolicy } from './scripts/content-security-policy.ts';
import { vulkanEnvironment } from './scripts/environment.mjs';
import { offline } from './scripts/offline.ts';

export default defineConfig({
  base: './',
  plugins: [react(), contentSecurityPolicy(), offline()],
  worker: { format: 'es' },
  // Nothing is inlined as a data: address, so that the policy can do without them.
  build: { target: 'es2023', assetsInlineLimit: 0 },
  test: {
    include: ['src/**/*.test.ts', 'bench/**/*.test.ts'],
    env: vulkanEnvironment(),
    pool: 'forks',
    maxWorkers: 2,
    // Software adapters take their time to compile pipelines.
    testTimeout: 120_000,
  },
});
