/** npm test: sets up what is missing, then checks, unit tests, build, and end-to-end tests; the last line counts. */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { vulkanEnvironment } from './environment.mjs';
import { ensureBrowser, ensureCorpora, ensureFirefox, ensurePackages, root, run } from './setup.mjs';

ensurePackages();
ensureBrowser();
ensureFirefox();
ensureCorpora();

const unitReport = join(root, '.cache', 'vitest.json');
const pageReport = join(root, '.cache', 'playwright.json');
mkdirSync(join(root, '.cache'), { recursive: true });
rmSync(unitReport, { force: true });
rmSync(pageReport, { force: true });

const environment = vulkanEnvironment();
const node = (script, ...options) => run(process.execPath, [script, ...options], environment);
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`];

const stages = [
  ['check', () => run('npm', ['run', '--silent', 'check'])],
  ['unit tests', () => node('node_modules/vitest/vitest.mjs', 'run', ...reporters)],
  ['build', () => node('node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn')],
  ['end-to-end tests', () => node('node_modules/playwright/cli.js', 'test')],
  ['Firefox', () => node('e2e/firefox.mjs')],
];

const failed = [];
for (const [name, stage] of stages) {
  process.stdout.write(`\n— ${name}\n`);
  if (!stage()) failed.push(name);
}

const read = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined);
const unit = read(unitReport);
const page = read(pageReport)?.stats;
const firefoxFailed = failed.includes('Firefox') ? 1 : 0;
const passed = (unit?.numPassedTests ?? 0) + (page?.expected ?? 0) + 1 - firefoxFailed;
const broken = (unit?.numFailedTests ?? 0) + (page?.unexpected ?? 0) + (page?.flaky ?? 0) + firefoxFailed;
if (failed.length > 0) process.stdout.write(`\nFailed: ${failed.join(', ')}\n`);
process.stdout.write(`\n${passed} passed, ${Math.max(broken, failed.length)} failed\n`);
process.exit(failed.length > 0 ? 1 : 0);
