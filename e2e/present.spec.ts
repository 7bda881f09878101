/** Presenting: training from the keyboard, help, and the way out; keys stay with the fields that have the focus. */
import { en } from '../src/app/i18n/en.ts';
import { zh } from '../src/app/i18n/zh.ts';
import { axeFindings, expect, type Language, test } from './fixtures.ts';

const views: { language: Language; theme: 'light' | 'dark' }[] = [
  { language: 'en', theme: 'light' },
  { language: 'zh', theme: 'dark' },
];

for (const { language, theme } of views) {
  test(`the presentation is run from the keyboard, ${language}, ${theme}`, async ({ playground }) => {
    const { page } = playground;
    await page.setViewportSize({ width: 1920, height: 1080 });
    await page.emulateMedia({ colorScheme: theme });
    await playground.open('', language);
    const enter = page.getByRole('button', { name: /^(Presentation|演示)$/ });
    await enter.click();
    await expect(page.getByRole('button', { name: /^(Leave the presentation|退出演示)$/ })).toBeVisible();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => playground.steps()).toBe(1);
    await expect(playground.button('train')).toBeEnabled();
    await page.keyboard.press('Space');
    await expect(playground.button('pause')).toBeVisible();
    await expect.poll(() => playground.steps()).toBeGreaterThan(2);
    await page.keyboard.press('Space');
    await expect(playground.button('train')).toBeEnabled();
    await page.screenshot({ path: `e2e/artifacts/present-${language}-${theme}.png` });
    expect(await axeFindings(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollHeight - innerHeight)).toBeLessThanOrEqual(0);

    await page.keyboard.press('?');
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.screenshot({ path: `e2e/artifacts/present-help-${language}.png` });
    expect(await axeFindings(page)).toEqual([]);
    const steps = await playground.steps();
    await page.keyboard.press('r');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
    expect(await playground.steps()).toBe(steps);

    await page.keyboard.press('r');
    await expect.poll(() => playground.steps()).toBe(0);
    await expect(page.getByRole('button', { name: /^(Undo the reset|撤销重置)$/ })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(enter).toBeFocused();
  });
}

test('a link opened while presenting brings the colour and the mark of its model', async ({ playground }) => {
  const { page } = playground;
  await playground.open();
  await page.getByRole('button', { name: en.present.enter }).click();
  const model = page.locator('html');
  await expect(model).toHaveAttribute('data-model', 'causal');
  await page.evaluate(() => {
    location.hash = '#objective=masked-token';
  });
  await expect(model).toHaveAttribute('data-model', 'masked');
  const objective = page.locator('header').getByText('Masked token', { exact: true });
  await expect(objective.locator('svg')).toHaveCount(1);
});

test('keys do nothing on the page itself, and in a field they type', async ({ playground }) => {
  const { page } = playground;
  await playground.open('', 'zh');
  await page.locator('body').press('ArrowRight');
  const prompt = page.getByRole('textbox', { name: zh.prompt.input });
  await prompt.fill('a');
  await prompt.press('Space');
  await prompt.press('r');
  await expect(prompt).toHaveValue('a r');
  expect(await playground.steps()).toBe(0);

  await page.getByRole('button', { name: zh.present.enter }).click();
  await page.getByRole('button', { name: zh.share.button, exact: true }).click();
  await page.getByRole('textbox', { name: zh.share.link }).press('ArrowRight');
  await page.getByRole('textbox', { name: zh.share.link }).press('Escape');
  await expect(page.getByRole('textbox', { name: zh.share.link })).toHaveCount(0);
  await expect(page.getByRole('button', { name: zh.present.leave })).toBeVisible();
  expect(await playground.steps()).toBe(0);
});
