/** The panel on speed: kernels measured on request, in the midst of training, and a utilisation that follows it. */
import { en } from '../src/app/i18n/en.ts';
import { zh } from '../src/app/i18n/zh.ts';
import { axeFindings, expect, test } from './fixtures.ts';

const messages = { en, zh } as const;

for (const language of ['en', 'zh'] as const) {
  test(`time by kernel, and the share of the device that is used, ${language}`, async ({ playground, page }) => {
    const { inside, speed, kernels, header } = messages[language];
    await playground.open('', language);
    await page.getByRole('button', { name: inside.speed, exact: true }).click();
    const panel = page.getByRole('region', { name: inside.speed, exact: true });
    await expect(panel.getByText(speed.unmeasured)).toBeVisible();
    await playground.button('train').click();
    await expect.poll(() => playground.steps()).toBeGreaterThan(2);

    await panel.getByRole('button', { name: speed.measure }).press('Enter');
    const table = panel.getByRole('table');
    await expect(panel.getByRole('status')).toHaveText(speed.measured);
    await expect(panel.getByRole('button', { name: speed.measureAgain })).toBeFocused();
    for (const family of ['matmulForward', 'matmulBackward', 'attentionForward', 'attentionBackward'] as const) {
      const row = table.getByRole('row', { name: kernels[family] });
      const [share, time] = await row.getByRole('cell').allTextContents();
      expect(Number.parseFloat(share), family).toBeGreaterThan(0);
      expect(Number.parseFloat(time), family).toBeGreaterThan(0);
    }
    const shares = await table.getByRole('row').getByRole('cell').filter({ hasText: '%' }).allTextContents();
    expect(shares.length).toBeGreaterThan(8);

    const before = await playground.steps();
    await expect.poll(() => playground.steps()).toBeGreaterThan(before);
    const use = panel.getByRole('region', { name: speed.utilisation, exact: true });
    await use.getByRole('button').click();
    await expect(use.getByText(/GFLOP\/s/)).toBeVisible();
    await expect(use).toContainText(/\d%/);
    expect(await axeFindings(page)).toEqual([]);
    await playground.button('pause').click();
    await expect(playground.button('train')).toBeEnabled();
    await expect(panel).toContainText(header.cpuChosen);
  });
}
