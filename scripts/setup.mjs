/** Sets up what a fresh clone lacks: packages, corpora, and for the tests a browser. Needs Node and npm alone. */
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findChromium } from './environment.mjs';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Runs a command in the project's folder and shows what it prints; true if it succeeded. */
export function run(command, options, environment = {}) {
  const { status } = spawnSync(command, options, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
    env: { ...process.env, ...environment },
  });
  return status === 0;
}

/** Ends the process with a message that says what to do. */
export function giveUp(message) {
  process.stderr.write(`\n${message}\n`);
  process.exit(1);
}

export function ensurePackages() {
  const installed = join(root, 'node_modules', '.package-lock.json');
  const lock = join(root, 'package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  process.stdout.write('Installing packages…\n');
  if (!run('npm', ['ci', '--no-audit', '--no-fund'])) {
    giveUp('The packages could not be installed. Is the npm registry within reach? Then try again.');
  }
}

export function ensureCorpora() {
  if (!run(process.execPath, ['scripts/corpora.mjs'])) giveUp('The built-in corpora could not be extracted.');
}

/** A Chromium: one that is there, Debian's, or Playwright's. */
export function ensureBrowser() {
  if (findChromium()) return;
  process.stdout.write('Installing a browser…\n');
  const isRoot = process.getuid?.() === 0;
  if (isRoot && existsSync('/usr/bin/apt-get')) {
    const packages = ['chromium', 'libvulkan1', 'fonts-noto-cjk'];
    const quiet = { DEBIAN_FRONTEND: 'noninteractive' };
    run('apt-get', ['update', '-qq'], quiet);
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], quiet);
  }
  if (findChromium()) return;
  run('npx', ['playwright', 'install', '--with-deps', 'chromium']);
  if (!findChromium()) giveUp('No Chromium found. Install one, or set CHROMIUM_PATH to its executable.');
}
