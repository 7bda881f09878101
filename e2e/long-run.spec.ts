/** A run of 100,000 steps on the scripted worker: the page stays smooth, and draws a bounded number of points. */
import { expect } from './fixtures.ts';
import { taskTimes } from './main-thread.ts';
import { test } from './scripted.ts';

const trainingMs = 30_000;
/** Four points in each of 75 buckets, one beyond each end. */
const mostPoints = 4 * 75 + 2;

// Playwright's own recording would be among the work that is measured.
test.use({ trace: 'off', script: { stepsPerTick: 80, tickMs: 20 } });

test('30 seconds of training have no task of 50 ms, and 100,000 steps draw as few points as 1,000', async ({
  playground,
  browser,
}) => {
  const { page } = playground;
  await playground.open();
  const steps = page.getByRole('textbox', { name: 'Steps, exact value' });
  await steps.fill('100000');
  await steps.press('Enter');
  await expect(page.locator('figure svg').getByText('100,000').first()).toBeAttached();
  const times = await taskTimes(browser, page, async () => {
    await playground.button('train').click();
    await page.waitForTimeout(trainingMs);
  });
  console.log(JSON.stringify(times));
  expect(await playground.steps()).toBeGreaterThan(20_000);
  expect(times.long).toBe(0);
  const drawn = await page
    .locator('figure path.recharts-curve')
    .evaluateAll((paths) => paths.map((path) => (path.getAttribute('d') ?? '').split(/[ML]/).length - 1));
  expect(Math.max(...drawn)).toBeGreaterThan(100);
  expect(Math.max(...drawn)).toBeLessThanOrEqual(mostPoints);
});
