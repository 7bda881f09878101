/** The first minute: something to see before any script, few bytes before the page is there, nothing waits for the GPU. */
import { readdir, readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { expect, test } from './fixtures.ts';

const mostInitialBytes = 250_000;

test('the initial JavaScript is under 250 kB, compressed', async () => {
  const html = await readFile('dist/index.html', 'utf8');
  const first = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.js)"/g)].map(([, file]) => file);
  expect(first.length).toBeGreaterThan(0);
  // The first script loads the page after the first paint.
  const loaded = first.map(async (file) => [
    ...(await readFile(`dist/${file}`, 'utf8')).matchAll(/\.\/([^"'`]+\.js)/g),
  ]);
  const named = [...first, ...(await Promise.all(loaded)).flat().map(([, file]) => `assets/${file}`)];
  expect(named.some((file) => file.includes('/page-'))).toBe(true);
  const sizes = await Promise.all(
    [...new Set(named)].map(async (file) => gzipSync(await readFile(`dist/${file}`)).length),
  );
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(mostInitialBytes);
  // Charts come later: their library is in none of the files that the first view waits for.
  const sources = await Promise.all(named.map((file) => readFile(`dist/${file}`, 'utf8')));
  expect(sources.some((source) => source.includes('recharts-surface'))).toBe(false);
  const all = await readdir('dist/assets');
  const others = await Promise.all(
    all.filter((file) => file.endsWith('.js')).map((file) => readFile(`dist/assets/${file}`, 'utf8')),
  );
  expect(others.some((source) => source.includes('recharts-surface'))).toBe(true);
});

test('the frame of the page is there before any script, in the chosen theme', async ({ page }) => {
  await page.route('**/*.js', () => {});
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto('./', { waitUntil: 'commit' });
  await expect(page.locator('.first-sheet')).toBeVisible();
  await expect(page.locator('body')).toHaveCSS('background-color', 'rgb(16, 20, 26)');
});

test('the first sentence is there before any script, in the language that the page will have', async ({ page }) => {
  await page.route('**/*.js', () => {});
  for (const [lang, shown, hidden] of [
    ['zh', /语言模型/, /language model/],
    ['en', /language model/, /语言模型/],
  ] as const) {
    await page.goto(`./?lang=${lang}`, { waitUntil: 'commit' });
    await expect(page.getByText(shown)).toBeVisible();
    await expect(page.getByText(hidden)).toBeHidden();
  }
});

test('the page is drawn while worker and corpora are still on their way', async ({ page }) => {
  await page.route(/worker-.*\.js$|corpora/, () => {});
  await page.goto('./?lang=en');
  await expect(page.getByRole('heading', { name: 'Pretraining Playground' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Preparing' })).toBeDisabled();
});

test('it opens where the browser forbids storage', async ({ page }) => {
  await page.addInitScript(() => {
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB']) {
      const get = () => {
        throw new DOMException('Access is denied.', 'SecurityError');
      };
      Object.defineProperty(window, name, { get });
    }
  });
  await page.goto('./?lang=zh&corpus=custom');
  await expect(page.getByRole('button', { name: '训练', exact: true })).toBeEnabled();
  await page.getByRole('button', { name: 'EN', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Train', exact: true })).toBeEnabled();
});
