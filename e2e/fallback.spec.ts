/** Without WebGPU: the page says so in one line and trains on the CPU. */
import { expect, test } from './fixtures.ts';

// Pages come from the server here, with the headers that it sends, and not from the offline cache.
test.use({ serviceWorkers: 'block' });

test('without WebGPU the page says why and trains on the CPU', async ({ playground }) => {
  await playground.open();
  await expect(playground.page.getByText('CPU fallback').first()).toBeVisible();
  await expect(playground.page.getByText('No WebGPU here, so it trains on the CPU.')).toBeVisible();
  const unigram = await playground.baseline('letter frequencies');
  await playground.button('train').click();
  await expect.poll(() => playground.validationLoss(), { timeout: 120_000 }).toBeLessThan(unigram);
});

test('the same in Chinese', async ({ playground }) => {
  await playground.open('', 'zh');
  await expect(playground.page.getByText(/没有 WebGPU/).first()).toBeVisible();
  await playground.button('step').click();
  await expect.poll(() => playground.steps()).toBe(1);
});

test('threads compute where the page is cross-origin isolated, and one where it is not', async ({ playground }) => {
  const { page } = playground;
  await playground.open();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  const cores = await page.evaluate(() => navigator.hardwareConcurrency);
  await page.getByRole('button', { name: 'CPU fallback' }).click();
  await expect(page.getByText(cores > 1 ? /WebAssembly, \d+ threads/ : 'WebAssembly, one thread')).toBeVisible();
  await page.route('**/*', async (route) => {
    const response = await route.fetch();
    const headers = Object.entries(response.headers()).filter(([name]) => !name.startsWith('cross-origin'));
    await route.fulfill({ response, headers: Object.fromEntries(headers) });
  });
  await playground.open();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  await page.getByRole('button', { name: 'CPU fallback' }).click();
  await expect(page.getByText('WebAssembly, one thread')).toBeVisible();
  await page.keyboard.press('Escape');
  await playground.button('step').click();
  await expect.poll(() => playground.steps()).toBe(1);
});

test('training that loses a thread says so, and its weights can be saved', async ({ playground }) => {
  const { page } = playground;
  // What ends threads from outside: no page can, but browsers do where memory is short.
  const mortal = `const Immortal = Worker;
    self.Worker = class extends Immortal {
      constructor(...given) {
        super(...given);
        new BroadcastChannel('end').onmessage = () => this.terminate();
      }
    };`;
  await page.route('**/assets/worker-*.js', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${mortal}\n${await response.text()}` });
  });
  await playground.open();
  await playground.button('train').click();
  await expect.poll(() => playground.steps()).toBeGreaterThan(5);
  await page.evaluate(() => new BroadcastChannel('end').postMessage(''));
  await expect(playground.alert().filter({ hasText: 'One of the threads that compute stopped' })).toBeVisible();
  await expect(page.getByText(/stopped at step/).first()).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save weights' }).click();
  expect((await download).suggestedFilename()).toBe('weights.safetensors');
});
