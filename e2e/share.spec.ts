/** A link repeats the settings elsewhere, says what it can't, and a reset can be taken back. */
import { en } from '../src/app/i18n/en.ts';
import { zh } from '../src/app/i18n/zh.ts';
import { axeFindings, expect, test } from './fixtures.ts';

const messages = { en, zh } as const;

test('a copied link brings every setting to another tab, and a reload keeps them', async ({ playground, context }) => {
  const { page } = playground;
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await playground.open();
  await page.getByRole('textbox', { name: 'Seed' }).fill('4242');
  await page.getByRole('textbox', { name: 'Seed' }).press('Enter');
  await page.getByRole('textbox', { name: 'Top-k, exact value' }).fill('33');
  await page.getByRole('textbox', { name: 'Top-k, exact value' }).press('Enter');
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(page.getByText('The link is copied.')).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toContain('training.seed=4242');
  expect(link).not.toContain('lang=');
  const shows = async (where: typeof page) => {
    await expect(where.getByRole('textbox', { name: 'Seed' })).toHaveValue('4242');
    await expect(where.getByRole('textbox', { name: 'Top-k, exact value' })).toHaveValue('33');
  };
  await page.reload();
  await shows(page);
  const other = await context.newPage();
  await other.goto(link);
  await shows(other);
  await expect(other.getByRole('alert')).toHaveCount(0);
});

test('a pasted text outlives a change of the backend and a reload, and nothing of it stays behind', async ({
  playground,
}) => {
  const { page } = playground;
  const text = 'a rose is a rose is a rose. '.repeat(60);
  const shows = async () => {
    await expect(
      page
        .getByRole('img', { name: /a rose is a rose/ })
        .or(page.getByText(/a rose is a rose/))
        .first(),
    ).toBeVisible();
    await expect(page.getByRole('alert')).toHaveCount(0);
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
  };
  await playground.open();
  await playground.paste(text);
  await page.waitForURL(/corpus=custom/);
  await shows();
  await page.getByRole('button', { name: 'CPU', exact: true }).click();
  await page.getByRole('menuitemradio', { name: 'Whichever is faster' }).click();
  await page.waitForURL((url) => !url.searchParams.has('backend'));
  await expect(playground.button('train')).toBeEnabled();
  await shows();
  await page.reload();
  await expect(playground.button('train')).toBeEnabled();
  await shows();
  await playground.button('step').click();
  await expect.poll(() => playground.steps()).toBe(1);
  expect(page.url()).toContain('corpus=custom');
});

for (const language of ['en', 'zh'] as const) {
  test(`bad values in a link are named, ${language}`, async ({ playground }) => {
    const { problems, share } = messages[language];
    await playground.open('#model.layers=99&corpus=custom&model.context=32', language);
    const alert = playground.alert();
    await expect(alert).toContainText(problems['link-custom-values'].split('{{')[0]);
    await expect(alert).toContainText(language === 'en' ? 'Layers “99”' : '层数「99」');
    await expect(playground.page.getByRole('slider', { name: /^(Context|上下文)$/ })).toHaveAttribute(
      'aria-valuetext',
      '32',
    );
    await playground.paste('a text of my own that no link may carry. '.repeat(40));
    await playground.page.getByRole('button', { name: share.button, exact: true }).click();
    await expect(playground.page.getByText(share.custom)).toBeVisible();
    expect(await playground.page.getByRole('textbox', { name: share.link }).inputValue()).not.toContain('no%20link');
  });

  test(`a reset is taken back, ${language}`, async ({ playground }) => {
    const { undo } = messages[language];
    await playground.open('', language);
    await playground.button('train').click();
    await expect.poll(() => playground.steps()).toBeGreaterThan(2);
    await playground.button('pause').click();
    await expect(playground.button('step')).toBeEnabled();
    // The header follows the run at a calm pace.
    await playground.page.waitForTimeout(1000);
    const steps = await playground.steps();
    await playground.button('reset').click();
    const back = playground.page.getByRole('button', { name: undo.action });
    await expect(back).toBeVisible();
    await expect.poll(() => playground.steps()).toBe(0);
    expect(await axeFindings(playground.page)).toEqual([]);
    await back.click();
    await expect.poll(() => playground.steps()).toBe(steps);
    await playground.button('step').click();
    await expect.poll(() => playground.steps()).toBe(steps + 1);
    await expect(back).toHaveCount(0);
  });
}
