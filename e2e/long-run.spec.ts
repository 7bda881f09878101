/** A long run on the scripted worker: however many steps, a bounded number of points is drawn. */
import { expect } from './fixtures.ts';
import { test } from './scripted.ts';

/** Four points in each of 75 buckets, one beyond each end. */
const mostPoints = 4 * 75 + 2;

test.use({ script: { stepsPerTick: 200, tickMs: 20 } });

test('20,000 steps draw no more points than the charts have room for', async ({ playground }) => {
  const { page } = playground;
  await playground.open();
  const steps = page.getByRole('textbox', { name: 'Steps, exact value' });
  await steps.fill('100000');
  await steps.press('Enter');
  await expect(page.locator('figure svg').getByText('100,000').first()).toBeAttached();
  await playground.button('train').click();
  await expect.poll(() => playground.steps()).toBeGreaterThan(20_000);
  const drawn = () =>
    page
      .locator('figure path.recharts-curve')
      .evaluateAll((paths) =>
        Math.max(...paths.map((path) => (path.getAttribute('d') ?? '').split(/[ML]/).length - 1)),
      );
  await expect.poll(drawn).toBeGreaterThan(100);
  expect(await drawn()).toBeLessThanOrEqual(mostPoints);
});
