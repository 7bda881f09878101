/** Without WebGPU: the page says so in one line and trains on the CPU. */
import { expect, test } from './fixtures.ts';

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
