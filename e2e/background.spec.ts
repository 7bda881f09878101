/** A tab in the background: browsers give it no frames and a timer a second at most, and training goes on in the worker. */
import type { Page } from 'playwright/test';
import { expect, test } from './fixtures.ts';

/** Headless browsers count every tab as in front, so the page is treated as one in the background by hand. */
async function prepareBackground(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const { requestAnimationFrame, setTimeout } = window;
    const waiting: FrameRequestCallback[] = [];
    let isHidden = false;
    Object.defineProperty(document, 'hidden', { get: () => isHidden });
    Object.defineProperty(document, 'visibilityState', { get: () => (isHidden ? 'hidden' : 'visible') });
    window.requestAnimationFrame = (callback) => (isHidden ? -waiting.push(callback) : requestAnimationFrame(callback));
    Object.assign(window, {
      setTimeout: (handler: TimerHandler, ms = 0, ...values: unknown[]) =>
        setTimeout(handler, isHidden ? Math.max(1000, ms) : ms, ...values),
      putIntoBackground: (value: boolean) => {
        isHidden = value;
        document.dispatchEvent(new Event('visibilitychange'));
        if (!isHidden) for (const callback of waiting.splice(0)) requestAnimationFrame(callback);
      },
    });
  });
}

const putIntoBackground = (page: Page, value: boolean) =>
  page.evaluate((hidden) => Reflect.get(window, 'putIntoBackground')(hidden), value);

test('training goes on in the background, and the page shows all of it on return', async ({ playground, page }) => {
  await prepareBackground(page);
  await playground.open();
  await playground.button('train').click();
  await expect.poll(() => playground.steps()).toBeGreaterThan(5);
  await putIntoBackground(page, true);
  const before = await playground.steps();
  await expect.poll(() => playground.steps()).toBeGreaterThan(before + 60);
  await putIntoBackground(page, false);
  await playground.button('pause').click();
  await expect(playground.button('train')).toBeEnabled();
  const download = page.waitForEvent('download');
  await playground.button('runLog').click();
  const stream = await (await download).createReadStream();
  let log = '';
  for await (const chunk of stream) log += chunk;
  const logged = log.split('\n').map((line) => Number(line.split(',')[0]));
  const steps = logged.filter((step) => step > 0);
  expect(steps).toEqual(Array.from(steps, (_, index) => index + 1));
  await expect.poll(() => playground.steps()).toBe(steps.length);
});
