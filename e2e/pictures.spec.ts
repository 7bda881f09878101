/** Pictures of the page in both languages, for people to look at; no axe finding in any, and nothing too wide. */
import type { Page } from 'playwright/test';
import { en } from '../src/app/i18n/en.ts';
import { zh } from '../src/app/i18n/zh.ts';
import { axeFindings, expect, type Playground, test } from './fixtures.ts';

const messages = { en, zh };

interface View {
  readonly width: number;
  readonly height: number;
  readonly theme: 'light' | 'dark';
}

const themes = ['light', 'dark'] as const;
const everySize = [
  { width: 390, height: 844 },
  { width: 768, height: 1024 },
  { width: 1440, height: 900 },
  { width: 2560, height: 1440 },
];
const everyView: readonly View[] = everySize.flatMap((size) => themes.map((theme) => ({ ...size, theme })));
/** Beside the wide one, which other tests work in, each layout is worked in from the start, and seen in these views. */
const starts: Readonly<Record<string, readonly View[]>> = {
  narrow: everyView.filter(({ width }) => width === 390),
  medium: [
    { width: 720, height: 1024, theme: 'dark' },
    ...everyView.filter(({ width }) => width === 768 || width === 1440),
  ],
};

/** What lies below comes once somebody gets there. */
async function scrollThrough(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let top = 0; top < document.body.scrollHeight; top += innerHeight) {
      scrollTo(0, top);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    scrollTo(0, 0);
  });
}

/** Buttons of the head whose content is wider than they are. */
function cutButtons(): string[] {
  const isCut = ({ scrollWidth, clientWidth }: Element) => scrollWidth > clientWidth;
  return [...document.querySelectorAll('header button')].filter(isCut).map((button) => button.outerHTML);
}

/** Pictures of what is open, each named after the language, what it shows, and the view. */
async function takePictures({ page, language }: Playground, what: string, views: readonly View[]): Promise<void> {
  for (const { width, height, theme } of views) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: theme });
    const isLong = width < 1280;
    if (isLong) await scrollThrough(page);
    // Shades take 120 ms to change with the theme, panels 160 ms to open.
    await page.waitForTimeout(300);
    await page.screenshot({ path: `e2e/artifacts/${language}-${what}-${theme}-${width}.png`, fullPage: isLong });
    expect(await axeFindings(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    expect(await page.evaluate(cutButtons)).toEqual([]);
  }
}

const inThemes = (width: number, height: number): readonly View[] => themes.map((theme) => ({ width, height, theme }));

for (const language of ['en', 'zh'] as const) {
  const words = messages[language];

  test(`${language}: the page`, async ({ playground }) => {
    await playground.open('', language);
    await playground.trainBeyond(60);
    await takePictures(playground, 'page', everyView);
    await playground.page.setViewportSize(everySize[0]);
    await scrollThrough(playground.page);
    // The loss, and four small ones.
    await expect(playground.page.locator('main svg.recharts-surface')).toHaveCount(5);
  });

  test(`${language}: what opens`, async ({ playground }) => {
    const { page } = playground;
    await playground.open('', language);
    await playground.trainBeyond(60);
    // Settings scroll by themselves: all of them need a tall window.
    await page.setViewportSize({ width: 1440, height: 3200 });
    await page.getByRole('button', { name: words.training.more }).click();
    const explanations = page.getByRole('button', { name: { en: /: what it means$/, zh: /：是什么意思$/ }[language] });
    for (const explanation of await explanations.all()) await explanation.click();
    await takePictures(playground, 'settings', inThemes(1440, 3200));
    await page.getByRole('button', { name: words.inside.labels }).click();
    await takePictures(playground, 'next-labels', inThemes(1440, 900));
    await page.getByRole('button', { name: words.inside.labels }).click();
    await page.getByRole('button', { name: words.detail.open }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await takePictures(playground, 'chart', inThemes(1440, 900));
  });

  for (const [layout, views] of Object.entries(starts)) {
    test(`${language}: blanks, and where their labels come from, ${layout}`, async ({ playground }) => {
      const { page } = playground;
      await page.setViewportSize(views[0]);
      await playground.open('', language);
      await playground.choose({ en: 'Masked token', zh: '完形填空' }[language]);
      await expect(page.getByRole('heading', { name: words.blanks.title })).toBeVisible();
      await playground.trainBeyond(10);
      await takePictures(playground, 'blanks', views);
      await page.getByRole('button', { name: words.inside.labels }).click();
      const labels = page.locator('td[data-label]').first();
      await expect(labels).toBeVisible();
      await takePictures(playground, 'labels', views);
      // It stays open in another layout.
      await page.setViewportSize(everySize[1]);
      await expect(labels).toBeVisible();
      await page.setViewportSize(everySize[0]);
      await expect(labels).toBeVisible();
    });

    test(`${language}: a comparison, and the runs so far, ${layout}`, async ({ playground }) => {
      const { page } = playground;
      await page.setViewportSize(views[0]);
      await playground.open('', language);
      await playground.choose(words.compare.title);
      await expect(page.getByRole('region', { name: words.compare.losses })).toBeVisible();
      await playground.trainToVerdict(20);
      await takePictures(playground, 'compare', views);
      await page.getByRole('button', { name: words.inside.runs, exact: true }).click();
      await takePictures(playground, 'runs', views);
    });
  }
}
