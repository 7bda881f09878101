/** Pictures of the page at every width, in both languages and themes, for people to look at; no axe finding in any. */
import type { Page } from 'playwright/test';
import { axeFindings, expect, type Language, type Playground, test } from './fixtures.ts';

const sizes = [
  { width: 390, height: 844 },
  { width: 768, height: 1024 },
  { width: 1440, height: 900 },
  { width: 2560, height: 1440 },
];
const themes = ['light', 'dark'] as const;

async function openPaused(playground: Playground, language: Language): Promise<void> {
  await playground.open('', language);
  await playground.button('train').click();
  await expect.poll(() => playground.steps()).toBeGreaterThan(60);
  await playground.button('pause').click();
  await expect(playground.button('train')).toBeEnabled();
}

/** What lies below comes once somebody gets there. */
async function scrollThrough(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let top = 0; top < document.body.scrollHeight; top += innerHeight) {
      scrollTo(0, top);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    scrollTo(0, 0);
  });
  // The loss, and four small ones.
  await expect(page.locator('main svg.recharts-surface')).toHaveCount(5);
}

async function takePicture(page: Page, name: string, fullPage: boolean): Promise<void> {
  if (fullPage) await scrollThrough(page);
  // Shades take 120 ms to change with the theme.
  await page.waitForTimeout(300);
  await page.screenshot({ path: `e2e/artifacts/${name}.png`, fullPage });
  expect(await axeFindings(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
}

for (const language of ['en', 'zh'] as const) {
  test(`${language}: every width and theme`, async ({ playground }) => {
    const { page } = playground;
    await openPaused(playground, language);
    for (const size of sizes) {
      await page.setViewportSize(size);
      for (const theme of themes) {
        await page.emulateMedia({ colorScheme: theme });
        await takePicture(page, `${language}-${theme}-${size.width}`, size.width < 1280);
      }
    }
  });

  test(`${language}: what opens`, async ({ playground }) => {
    const { page } = playground;
    const opened = {
      en: { more: 'More settings', explain: /: what it means$/, enlarge: 'Enlarge', labels: 'Data and labels' },
      zh: { more: '更多设置', explain: /：是什么意思$/, enlarge: '放大', labels: '数据与标签' },
    }[language];
    await openPaused(playground, language);
    // Settings scroll by themselves: all of them need a tall window.
    await page.setViewportSize({ width: 1440, height: 3200 });
    await page.getByRole('button', { name: opened.more }).click();
    for (const name of await page.getByRole('button', { name: opened.explain }).all()) await name.click();
    for (const theme of themes) {
      await page.emulateMedia({ colorScheme: theme });
      await takePicture(page, `${language}-${theme}-settings`, false);
    }
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.getByRole('button', { name: opened.labels }).click();
    for (const theme of themes) {
      await page.emulateMedia({ colorScheme: theme });
      await takePicture(page, `${language}-${theme}-labels`, false);
    }
    await page.getByRole('button', { name: opened.labels }).click();
    await page.getByRole('button', { name: opened.enlarge }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    for (const theme of themes) {
      await page.emulateMedia({ colorScheme: theme });
      await takePicture(page, `${language}-${theme}-chart`, false);
    }
  });
}
