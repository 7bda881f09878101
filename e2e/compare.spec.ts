/** Compare as a user meets it: both objectives side by side to a verdict, and the run before still there. */
import { en } from '../src/app/i18n/en.ts';
import { zh } from '../src/app/i18n/zh.ts';
import { axeFindings, expect, type Playground, test } from './fixtures.ts';

const messages = { en, zh };
/** Learnt in a hundred steps, by heart. */
const texts = {
  en: 'my very eager mother just served us nine pizzas. '.repeat(60),
  zh: '床前明月光，疑是地上霜。举头望明月，低头思故乡。'.repeat(100),
};
const objectives = {
  en: { causal: 'Next token', masked: 'Masked token' },
  zh: { causal: '预测下一个', masked: '完形填空' },
};

async function compare(playground: Playground): Promise<void> {
  const words = messages[playground.language].compare;
  await playground.choose(words.title);
  await expect(playground.page.getByRole('region', { name: words.losses })).toBeVisible();
}

/** Share of right guesses of each run with its interval, in percent, as the fair score says them. */
async function scores({ page, language }: Playground): Promise<number[][]> {
  const list = page.getByRole('list', { name: language === 'en' ? /^Fair score/ : /^公平成绩/ });
  const rows = await list.getByRole('listitem').allTextContents();
  return rows.map((row) => [...row.matchAll(/([\d.]+)%/g)].map(([, value]) => Number(value)));
}

for (const language of ['en', 'zh'] as const) {
  test(`both objectives come to a verdict, and the run before is back after it, ${language}`, async ({
    playground,
  }) => {
    const { page } = playground;
    const words = messages[language];
    await playground.open('', language);
    await playground.paste(texts[language]);
    await playground.button('step').click();
    await expect.poll(() => playground.steps()).toBe(1);
    await compare(playground);
    await expect(page.getByRole('heading', { name: words.compare.start })).toBeVisible();
    expect(await playground.steps()).toBe(0);

    await playground.trainToVerdict(100);
    const verdict = { en: /^Seeing both sides, it fills [\d.]+% of the blanks/, zh: /^看两边，填对\s[\d.]+%/ }[
      language
    ];
    await expect(page.getByRole('heading', { name: verdict })).toBeVisible();
    const found = await scores(playground);
    expect(found.length).toBe(2);
    for (const [value, low, high] of found) {
      expect(low).toBeLessThanOrEqual(value);
      expect(high).toBeGreaterThanOrEqual(value);
    }
    // A text that repeats itself is learnt fast from left to right.
    expect(found[0][0]).toBeGreaterThan(25);
    const reason = { en: /95% intervals/, zh: /95% 置信区间/ }[language];
    await expect(page.getByText(reason)).toBeVisible();
    await expect(page.getByText(words.compare.lossesDiffer)).toBeVisible();
    await page.getByText(words.compare.byBits, { exact: true }).click();
    await expect(page.getByRole('heading', { name: { en: /bits/, zh: /比特/ }[language] }).first()).toBeVisible();
    expect(await axeFindings(page)).toEqual([]);

    const steps = await playground.steps();
    await playground.choose(objectives[language].causal);
    await expect.poll(() => playground.steps()).toBe(1);
    await expect(page.getByRole('heading', { name: words.predict.title })).toBeVisible();
    await compare(playground);
    expect(await playground.steps()).toBe(steps);
  });
}

test('one sentence goes through both, with the same blanks, by pointer and by keyboard', async ({ playground }) => {
  const { page } = playground;
  await playground.open();
  await compare(playground);
  await page.getByRole('textbox', { name: /The same sentence for all/ }).fill('the whale');
  const rows = page.getByRole('toolbar');
  await expect(rows).toHaveCount(2);
  const blanks = () =>
    Promise.all(
      [0, 1].map((row) =>
        rows
          .nth(row)
          .getByRole('button')
          .evaluateAll((tiles) => tiles.flatMap((tile, at) => (tile.ariaPressed === 'true' ? [at] : []))),
      ),
    );
  await expect.poll(blanks).toEqual([[3], [3]]);
  await rows.nth(0).getByRole('button').nth(6).click();
  await expect.poll(blanks).toEqual([
    [3, 6],
    [3, 6],
  ]);
  await rows.nth(1).getByRole('button').nth(6).focus();
  await page.keyboard.press('Enter');
  await expect.poll(blanks).toEqual([[3], [3]]);
  await rows.nth(1).getByRole('button').nth(3).click();
  await expect(playground.alert().filter({ hasText: 'no blank' })).toBeVisible();
  await page.getByRole('button', { name: en.blanks.draw }).click();
  await expect(playground.alert()).toHaveCount(0);
  await page.getByRole('textbox', { name: /The same sentence for all/ }).fill('the [MASK]hale');
  await expect(playground.alert().filter({ hasText: 'cannot read [MASK]' })).toBeVisible();
});

test('what gave way stays in the table, and settings of two runs are compared', async ({ playground }) => {
  const { page } = playground;
  await playground.open();
  await playground.button('step').click();
  await expect.poll(() => playground.steps()).toBe(1);
  await playground.choose(objectives.en.masked);
  await page.getByRole('button', { name: en.restart.start }).click();
  await expect.poll(() => playground.steps()).toBe(0);
  await page.getByRole('button', { name: en.inside.runs, exact: true }).click();
  const panel = page.getByRole('region', { name: en.inside.runs });
  await expect(panel.getByRole('row')).toHaveCount(3);
  await expect(panel.getByRole('row').nth(2)).toContainText('Next token');
  await panel.getByRole('checkbox').nth(0).check();
  await expect(panel.getByRole('button', { name: en.runs.compare })).toBeDisabled();
  await panel.getByRole('checkbox').nth(1).check();
  expect(await axeFindings(page)).toEqual([]);
  await panel.getByRole('button', { name: en.runs.compare }).click();
  await expect(panel).toHaveCount(0);
  await expect(page.getByRole('region', { name: en.compare.losses })).toBeVisible();
  await playground.button('step').click();
  await expect.poll(() => playground.steps()).toBe(1);
  await page.getByRole('button', { name: en.compare.objectives }).click();
  await expect(page.getByRole('heading', { name: en.compare.start })).toBeVisible();
  await expect(page.getByRole('button', { name: en.compare.objectives })).toHaveCount(0);
});

test('a link leads into the comparison, and the same compute is another pace', async ({ playground }) => {
  const { page } = playground;
  await playground.open();
  await compare(playground);
  await page.getByText(en.compare.compute, { exact: true }).click();
  await expect.poll(() => page.url()).toContain('compare=compute');
  await page.reload();
  await expect(page.getByRole('region', { name: en.compare.losses })).toBeVisible();
  await expect(page.getByRole('radio', { name: en.compare.compute })).toBeChecked();
  await page.getByRole('button', { name: en.present.enter }).click();
  await expect(page.getByRole('region', { name: en.compare.losses })).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => playground.steps()).toBe(1);
  expect(await axeFindings(page)).toEqual([]);
});
