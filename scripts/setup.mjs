/** Sets up what a fresh clone lacks: packages, corpora, and for the tests a browser. Needs Node and npm alone. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findChromium, findFirefox, findLavapipe } from './environment.mjs';

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

/** True where this process may install Debian's packages. */
function canInstall() {
  return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}

function installFromDebian(packages, suite) {
  const quiet = { DEBIAN_FRONTEND: 'noninteractive' };
  const from = suite ? ['-t', suite] : [];
  run('apt-get', ['update', '-qq'], quiet);
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...from, ...packages], quiet);
}

/** A Chromium: one that is there, Debian's, or Playwright's. */
export function ensureBrowser() {
  if (findChromium()) return;
  process.stdout.write('Installing a browser…\n');
  if (canInstall()) installFromDebian(['chromium', 'libvulkan1', 'fonts-noto-cjk']);
  if (findChromium()) return;
  run('npx', ['playwright', 'install', '--with-deps', 'chromium']);
  if (!findChromium()) giveUp('No Chromium found. Install one, or set CHROMIUM_PATH to its executable.');
}

/** A Firefox, and where it has no graphics card a Vulkan driver on the CPU that is new enough for its WebGPU. */
export function ensureFirefox() {
  if (!findFirefox() && canInstall()) {
    process.stdout.write('Installing Firefox…\n');
    installFromDebian(['firefox-esr']);
  }
  if (!findFirefox()) {
    giveUp('No Firefox found. Install Firefox ESR 153 or newer, or set FIREFOX_PATH to its executable.');
  }
  if (process.platform !== 'linux' || findLavapipe()) return;
  if (canInstall()) {
    process.stdout.write('Installing a Vulkan driver…\n');
    installVulkanDriver();
  }
  if (!findLavapipe()) {
    giveUp(
      'No lavapipe found. Install mesa-vulkan-drivers 24 or newer: Firefox runs WebGPU on it where there is no card.',
    );
  }
}

const sourceFolder = '/etc/apt/sources.list.d';
const backportsFile = join(sourceFolder, 'playground-backports.sources');

/** Debian 12 has a driver that is too old; its backports, at the mirror the machine already uses, have a newer one. */
function installVulkanDriver() {
  const release = /VERSION_CODENAME=(\w+)/.exec(readFileSync('/etc/os-release', 'utf8'))?.[1];
  if (release !== 'bookworm') return installFromDebian(['mesa-vulkan-drivers']);
  const suite = `${release}-backports`;
  const entry = backportsEntry(release, suite);
  if (!entry) return;
  writeFileSync(backportsFile, entry);
  try {
    installFromDebian(['mesa-vulkan-drivers'], suite);
  } finally {
    rmSync(backportsFile, { force: true });
  }
}

/** The machine's own entry for a release, with the suite replaced. */
function backportsEntry(release, suite) {
  const files = readdirSync(sourceFolder).filter((name) => name.endsWith('.sources'));
  const entries = files.flatMap((name) => readFileSync(join(sourceFolder, name), 'utf8').split(/\n\s*\n/));
  const own = entries.find((entry) => new RegExp(`^Suites:.*\\b${release}(\\s|$)`, 'm').test(entry));
  if (own) return own.replace(/^Suites:.*$/m, `Suites: ${suite}`);
  const list = '/etc/apt/sources.list';
  const line = existsSync(list) && new RegExp(`^deb (.*) ${release} main`, 'm').exec(readFileSync(list, 'utf8'));
  const [, address] = (line && /(\S+)$/.exec(line[1])) || [];
  return address && `Types: deb\nURIs: ${address}\nSuites: ${suite}\nComponents: main\n`;
}
