/** The main job in Firefox, whose WebGPU is a second implementation (wgpu and naga): open, train, watch the loss fall; then
 *  once more in half precision, which Firefox has on lavapipe and Chromium on no software adapter. */
import { join } from 'node:path';
import puppeteer from 'puppeteer-core';
import { preview } from 'vite';
import { findFirefox, lavapipeEnvironment } from '../scripts/environment.mjs';
import { root } from '../scripts/setup.mjs';

const openMs = 120_000;
const learnMs = 240_000;

const preferences = {
  'dom.webgpu.enabled': true,
  'dom.webgpu.workers.enabled': true,
  'gfx.webgpu.ignore-blocklist': true,
};

const executablePath = findFirefox();
if (!executablePath) throw new Error('No Firefox found. Install Firefox ESR 153 or newer, or set FIREFOX_PATH.');

const port = Number(process.env.E2E_PORT ?? 4391);
const server = await preview({ root, preview: { port, strictPort: true, host: 'localhost' }, logLevel: 'warn' });
const browser = await puppeteer.launch({
  browser: 'firefox',
  executablePath,
  headless: true,
  extraPrefsFirefox: preferences,
  env: { ...process.env, ...lavapipeEnvironment() },
});

try {
  const page = await browser.newPage();
  const faults = [];
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`page: ${error.message}`));
  await page.setViewport({ width: 1440, height: 900 });
  await page.goto(`http://localhost:${port}/?lang=en&backend=webgpu`);
  const tell = (precision) => async (error) => {
    const shown = await page.evaluate(() => document.body.textContent.slice(0, 500));
    throw new Error(`${precision} precision: ${error.message}\nThe page showed: ${shown}\n${faults.join('\n')}`);
  };
  const result = await learn(page).catch(tell('single'));
  const half = await learnInHalf(page).catch(tell('half'));
  await page.screenshot({ path: join(root, 'e2e', 'artifacts', 'firefox.png') });
  if (faults.length > 0) throw new Error(`Firefox reported:\n${faults.join('\n')}`);
  process.stdout.write(`${await browser.version()}, ${result}; in half precision, ${half}\n`);
} finally {
  await browser.close();
  await server.close();
}

/** Trains until the validation loss is below the letter frequencies, as a reader of the page would see it. */
async function learn(page) {
  await page.waitForFunction(
    () => [...document.querySelectorAll('button')].some((button) => button.textContent === 'Train' && !button.disabled),
    { timeout: openMs },
  );
  const chip = await page.$eval('header', (header) => header.textContent);
  if (!chip.includes('WebGPU')) throw new Error(`Firefox does not train on WebGPU here: ${chip}`);
  const unigram = await page.waitForFunction(
    () => {
      const label = [...document.querySelectorAll('figure svg text')].find((each) =>
        each.textContent.includes('letter frequencies'),
      );
      return label && Number(/([\d.]+)\s*$/.exec(label.textContent)[1]);
    },
    { timeout: openMs },
  );
  const limit = await unigram.jsonValue();
  await page.locator('aria/Train').click();
  const validation = await page.waitForFunction(
    (below) => {
      const spoken = document.querySelector('[data-testid="spoken-loss"]')?.textContent ?? '';
      const loss = Number(/validation loss (\d+\.\d+)/.exec(spoken)?.[1]);
      return loss < below && loss;
    },
    { timeout: learnMs },
    limit,
  );
  await page.locator('aria/Pause').click();
  return `validation loss ${await validation.jsonValue()} below the letter frequencies ${limit}`;
}

/** The same with 16 bits, and the page says so. */
async function learnInHalf(page) {
  await page.locator('aria/More settings').click();
  await page.locator('aria/Precision').fill('half');
  await page.locator('aria/Start again with these settings').click();
  await page.waitForFunction(
    () => document.querySelector('[data-testid="spoken-loss"]')?.textContent.includes('Step 0'),
    {
      timeout: openMs,
    },
  );
  const result = await learn(page);
  await page.waitForFunction(() => /Half precision: loss scale [\d,]+/.test(document.body.textContent), {
    timeout: openMs,
  });
  return result;
}
