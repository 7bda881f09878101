/** Half precision where the device has none: the choice says so, and training goes on. */
import { en } from '../src/app/i18n/en.ts';
import { zh } from '../src/app/i18n/zh.ts';
import { expect, test } from './fixtures.ts';

for (const [language, words] of [
  ['en', en],
  ['zh', zh],
] as const) {
  test(`half precision that is not to be had says why, in ${language}`, async ({ playground }) => {
    await playground.open('', language);
    const { page } = playground;
    await page.getByRole('button', { name: words.training.more }).click();
    const precision = page.getByRole('combobox', { name: words.training.precision });
    const why = page.getByText(new RegExp([words.precision.cpu, words.precision['no-f16']].join('|')));
    await expect(why).toBeHidden();
    await precision.selectOption('half');
    await expect(why).toBeVisible();
    await playground.button('train').click();
    await expect.poll(() => playground.steps()).toBeGreaterThan(5);
    await expect(playground.alert()).toBeHidden();
    await precision.selectOption('single');
    await expect(why).toBeHidden();
  });
}
