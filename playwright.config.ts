/** End-to-end tests: the built page in Chromium, with WebGPU on SwiftShader, on the CPU, and without WebGPU. */
import { defineConfig } from 'playwright/test';
import { findChromium } from './scripts/environment.mjs';

const port = Number(process.env.E2E_PORT ?? 4391);
const webGpuFlags = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];
const quietFlags = ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

function launchOptions(flags: readonly string[]) {
  return { executablePath: findChromium(), args: ['--headless=new', ...quietFlags, ...flags] };
}

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'e2e/artifacts/results',
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 240_000,
  expect: { timeout: 60_000 },
  reporter: [['list'], ['json', { outputFile: '.cache/playwright.json' }]],
  use: { baseURL: `http://localhost:${port}/`, locale: 'en-US', screenshot: 'only-on-failure' },
  projects: [
    { name: 'webgpu', testMatch: /train|backend/, use: { launchOptions: launchOptions(webGpuFlags) } },
    // What has nothing to do with WebGPU runs where it is quick.
    {
      name: 'page',
      testIgnore: /train|backend|fallback/,
      use: { launchOptions: launchOptions(webGpuFlags) },
    },
    { name: 'fallback', testMatch: /fallback/, use: { launchOptions: launchOptions([]) } },
  ],
  webServer: {
    command: `node node_modules/vite/bin/vite.js preview --port ${port} --strictPort --host localhost`,
    url: `http://localhost:${port}/`,
    reuseExistingServer: false,
  },
});
