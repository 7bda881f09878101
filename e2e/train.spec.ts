/** The main job in Chromium on WebGPU: open, train, watch it learn, stop, go on, start again. */
import { readFile } from 'node:fs/promises';
import { expect, test } from './fixtures.ts';

test('training on the built-in corpus falls below the letter frequencies', async ({ playground }) => {
  await playground.open();
  await expect(playground.page.getByText('WebGPU', { exact: false }).first()).toBeVisible();
  const unigram = await playground.baseline('letter frequencies');
  expect(unigram).toBeGreaterThan(2);
  await playground.button('train').click();
  await expect(playground.button('pause')).toBeVisible();
  await expect.poll(() => playground.validationLoss(), { timeout: 180_000 }).toBeLessThan(unigram);
  await playground.button('pause').click();

  const download = playground.page.waitForEvent('download');
  await playground.button('runLog').click();
  const log = await readFile(await (await download).path(), 'utf8');
  const [head, ...rows] = log.trim().split('\n');
  expect(head).toBe('step,tokens,train_loss,val_loss,learning_rate,grad_norm,tokens_per_second');
  const steps = rows.map((row) => Number(row.split(',')[0])).filter((step) => step > 0);
  expect(steps).toEqual(Array.from({ length: steps.length }, (_, i) => i + 1));
  expect(rows.some((row) => Number(row.split(',')[3]) < unigram && row.split(',')[3] !== '')).toBe(true);
});

test('pasted text is learned: the right continuation of the prompt gains probability', async ({ playground }) => {
  await playground.open();
  await playground.paste('my very eager mother just served us nine pizzas. '.repeat(60));
  await expect(playground.page.getByText(/^2,940/)).toBeVisible();
  await playground.page.getByRole('textbox', { name: 'Your prompt' }).fill('my very eager mother');
  await expect(playground.page.getByRole('listbox').getByRole('option')).toHaveCount(21);
  const before = await playground.chance(6);
  await playground.button('train').click();
  await expect.poll(() => playground.chance(6), { timeout: 120_000 }).toBeGreaterThan(Math.max(50, 5 * before));
});

test('pause, single step, go on, and reset do what they say', async ({ playground }) => {
  await playground.open();
  await playground.button('step').click();
  await expect.poll(() => playground.steps()).toBe(1);
  await playground.trainBeyond(3);
  await expect(playground.page.locator('header')).toContainText('paused at step');
  const paused = await playground.steps();
  await playground.page.waitForTimeout(1500);
  expect(await playground.steps()).toBe(paused);
  await playground.button('step').click();
  await expect.poll(() => playground.steps()).toBe(paused + 1);
  await playground.button('train').click();
  await expect.poll(() => playground.steps()).toBeGreaterThan(paused + 1);
  await playground.button('reset').click();
  await expect(playground.button('train')).toBeEnabled();
  await expect.poll(() => playground.steps()).toBe(0);
  await expect(playground.page.getByText(/Before training, it is guessing among/)).toBeVisible();
});

test('the same seed gives the same losses', async ({ playground }) => {
  await playground.open();
  const losses: string[] = [];
  for (let run = 0; run < 2; run++) {
    for (let step = 1; step <= 3; step++) {
      await playground.button('step').click();
      await expect.poll(() => playground.steps()).toBe(step);
    }
    await expect(playground.button('runLog')).toBeEnabled();
    const download = playground.page.waitForEvent('download');
    await playground.button('runLog').click();
    const log = await readFile(await (await download).path(), 'utf8');
    losses.push(
      log
        .split('\n')
        .map((row) => row.split(',').slice(0, 4).join())
        .join('\n'),
    );
    await playground.button('reset').click();
    await expect.poll(() => playground.steps()).toBe(0);
    await expect(playground.button('step')).toBeEnabled();
  }
  expect(losses[1]).toBe(losses[0]);
});

test('weights go out to a file and come back', async ({ playground }) => {
  await playground.open();
  await playground.button('step').click();
  await expect.poll(() => playground.steps()).toBe(1);
  const download = playground.page.waitForEvent('download');
  await playground.page.getByRole('button', { name: 'Save weights' }).click();
  const path = await (await download).path();
  await playground.page.getByLabel('Load weights').setInputFiles(path);
  await expect.poll(() => playground.steps()).toBe(0);
  await expect(playground.alert()).toHaveCount(0);
});
