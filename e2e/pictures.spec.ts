/** Pictures of the page at several widths, in both languages and themes, for people to look at; and no axe finding. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Language, test } from './fixtures.ts';

const views: { language: Language; theme: 'light' | 'dark'; width: number; height: number }[] = [
  { language: 'en', theme: 'light', width: 1440, height: 900 },
  { language: 'zh', theme: 'dark', width: 1440, height: 900 },
  { language: 'en', theme: 'dark', width: 390, height: 844 },
  { language: 'zh', theme: 'light', width: 390, height: 844 },
];

for (const { language, theme, width, height } of views) {
  test(`${language}, ${theme}, ${width} wide`, async ({ playground }) => {
    const { page } = playground;
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: theme });
    await playground.open('', language);
    await playground.button('train').click();
    await expect.poll(() => page.getByRole('listbox').getByRole('option').count()).toBeGreaterThan(5);
    await page.waitForTimeout(3000);
    await page.getByRole('button', { name: /^(Pause|暂停)$/ }).click();
    await expect(playground.button('train')).toBeEnabled();
    await page.screenshot({ path: `e2e/artifacts/${language}-${theme}-${width}.png`, fullPage: width < 720 });
    const { violations } = await new AxeBuilder({ page }).analyze();
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  });
}
