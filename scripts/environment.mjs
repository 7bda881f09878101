/** Finds the browsers, and the software Vulkan drivers for them and for Dawn in Node. */
import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const systemBrowsers = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

const systemFirefoxes = [
  '/usr/bin/firefox-esr',
  '/usr/bin/firefox',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
  'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
];

const driverFolder = '/usr/share/vulkan/icd.d';

/** Where Debian's wrapper scripts keep the real thing. */
const libraryFolders = { '/usr/bin/chromium': '/usr/lib/chromium', '/usr/bin/google-chrome': '/opt/google/chrome' };

const systemVulkan = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib64', '/usr/lib'];

/** Playwright's own Chromium, if it has been downloaded. */
function playwrightBrowser() {
  try {
    const require = createRequire(import.meta.url);
    return require('playwright').chromium.executablePath();
  } catch {
    return undefined;
  }
}

/** Path of a Chromium: CHROMIUM_PATH, then the system's, then Playwright's; undefined where there is none. */
export function findChromium() {
  const candidates = [process.env.CHROMIUM_PATH, ...systemBrowsers, playwrightBrowser()];
  return candidates.find((path) => path && existsSync(path));
}

/** Path of a Firefox: FIREFOX_PATH, then the system's; undefined where there is none. */
export function findFirefox() {
  return [process.env.FIREFOX_PATH, ...systemFirefoxes].find((path) => path && existsSync(path));
}

/** Mesa's driver that runs Vulkan on the CPU; undefined where it is not installed. */
export function findLavapipe() {
  if (!existsSync(driverFolder)) return undefined;
  const name = readdirSync(driverFolder).find((each) => each.startsWith('lvp_icd'));
  return name && join(driverFolder, name);
}

/** Variables that choose that driver. */
export function lavapipeEnvironment() {
  const chosen = findLavapipe();
  return chosen ? { VK_ICD_FILENAMES: chosen, VK_DRIVER_FILES: chosen } : {};
}

/** Variables that let Dawn find SwiftShader beside Chromium; what the user has set stays. */
export function vulkanEnvironment() {
  const chromium = findChromium();
  const folder = chromium && (libraryFolders[chromium] ?? dirname(chromium));
  const driver = folder && join(folder, 'vk_swiftshader_icd.json');
  const variables = { XDG_RUNTIME_DIR: process.env.XDG_RUNTIME_DIR ?? '/tmp' };
  const chosen = process.env.VK_ICD_FILENAMES ?? process.env.VK_DRIVER_FILES;
  if (!chosen && driver && existsSync(driver)) variables.VK_ICD_FILENAMES = driver;
  const hasLoader = systemVulkan.some((each) => existsSync(join(each, 'libvulkan.so.1')));
  if (!hasLoader && folder && existsSync(join(folder, 'libvulkan.so.1'))) {
    variables.LD_LIBRARY_PATH = [process.env.LD_LIBRARY_PATH, folder].filter(Boolean).join(':');
  }
  return variables;
}

/** Variables for the tests of half precision: SwiftShader lacks it, lavapipe has it. */
export function halfEnvironment() {
  // Lavapipe compiles for longer than a test computes.
  return { ...vulkanEnvironment(), ...lavapipeEnvironment(), GALLIVM_PERF: 'nopt', TEST_PRECISION: 'half' };
}

/** Flags with which Node offers what browsers offer: before version 21 relaxed SIMD was an experiment. */
export function nodeFlags() {
  return Number.parseInt(process.versions.node, 10) < 21 ? ['--experimental-wasm-relaxed-simd'] : [];
}
