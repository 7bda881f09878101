/** What can change while it trains: the learning rate, from the next steps on, without a new run. */
import { readFile } from 'node:fs/promises';
import { expect, type Playground, test } from './fixtures.ts';

/** Learning rate of each step so far, from the run log. */
async function learningRates(playground: Playground): Promise<number[]> {
  const download = playground.page.waitForEvent('download');
  await playground.button('runLog').click();
  const [head, ...rows] = (await readFile(await (await download).path(), 'utf8')).trim().split(/\r?\n/);
  const column = head.split(',').indexOf('learning_rate');
  return rows.map((row) => Number(row.split(',')[column]));
}

test('a learning rate changed in mid-run counts from then on', async ({ playground }) => {
  await playground.open();
  const { page } = playground;
  await playground.button('train').click();
  await expect.poll(() => playground.steps()).toBeGreaterThan(20);
  const exact = page.getByRole('textbox', { name: 'Learning rate, exact value' });
  await exact.fill('0.0001');
  await exact.press('Enter');
  const changedAt = await playground.steps();
  await expect.poll(() => playground.steps()).toBeGreaterThan(changedAt + 20);
  await playground.button('pause').click();
  await expect(playground.button('train')).toBeEnabled();
  await expect(page.locator('header')).toContainText('paused at step');
  const rates = await learningRates(playground);
  expect(rates.length).toBe(await playground.steps());
  expect(Math.max(...rates)).toBeGreaterThan(0.001);
  expect(rates.slice(-10).every((rate) => rate > 0 && rate <= 0.0001)).toBe(true);
  await expect(page.getByText(/These settings need a new run/)).toBeHidden();
});
