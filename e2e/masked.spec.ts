/** The masked objective as a user meets it: the switch, blanks that are filled better and better, and where labels come from. */
import { en } from '../src/app/i18n/en.ts';
import { zh } from '../src/app/i18n/zh.ts';
import { expect, type Playground, test } from './fixtures.ts';

const messages = { en, zh };
const objective = { en: 'Masked token', zh: '完形填空' };
/** Short enough to have one blank where nobody says which. */
const prompts = { en: 'my very e', zh: '床前明月光，疑' };
/** Learns in a few hundred steps, which a graphics card in software takes in about a minute. */
const small = {
  en: { Layers: 1, Width: 32, Context: 16, Batch: 16, 'Learning rate': 0.01 },
  zh: { 层数: 1, 宽度: 32, 上下文: 16, 批大小: 16, 学习率: 0.01 },
};
const texts = {
  en: 'my very eager mother just served us nine pizzas. '.repeat(60),
  zh: '床前明月光，疑是地上霜。举头望明月，低头思故乡。'.repeat(100),
};

async function makeSmall({ page, language }: Playground): Promise<void> {
  for (const [label, value] of Object.entries(small[language])) {
    const name = messages[language].field.exact.replace('{{label}}', label);
    const box = page.getByRole('textbox', { name, exact: true });
    await box.fill(String(value));
    await box.press('Enter');
  }
}

const tiles = ({ page, language }: Playground) =>
  page.getByRole('toolbar', { name: messages[language].blanks.tiles }).getByRole('button');

/** Chance in percent that the right token gets in a blank, as its tile's name says. */
async function chance(playground: Playground, place: number): Promise<number> {
  const name = await tiles(playground).nth(place).getAttribute('aria-label');
  return Number(/([\d.]+)\s*%/.exec(name ?? '')?.[1]);
}

const pressed = async (playground: Playground) =>
  tiles(playground).evaluateAll((all) =>
    all.flatMap((tile, place) => (tile.getAttribute('aria-pressed') === 'true' ? [place] : [])),
  );

for (const language of ['en', 'zh'] as const) {
  test(`a blank's right token gains probability, in ${language}`, async ({ playground }) => {
    const { page } = playground;
    const words = messages[language];
    await playground.open('', language);
    await playground.paste(texts[language]);
    await makeSmall(playground);
    await playground.choose(objective[language]);
    await expect(page.getByRole('heading', { name: words.blanks.title })).toBeVisible();
    await page.getByRole('textbox', { name: words.prompt.input }).fill(prompts[language]);
    await expect(tiles(playground)).toHaveCount([...prompts[language]].length);
    await expect.poll(() => pressed(playground)).toEqual([3]);
    await expect.poll(() => chance(playground, 3)).toBeGreaterThan(0);
    const before = await chance(playground, 3);
    await playground.button('train').click();
    await expect.poll(() => chance(playground, 3), { timeout: 180_000 }).toBeGreaterThan(Math.max(50, 5 * before));
    await playground.button('pause').click();
    await expect(page.getByText(words.blanks.true)).toBeVisible();
    await expect(page.getByRole('list', { name: words.blanks.fills }).getByText(/\d/).first()).toBeVisible();
  });
}

test('changing the objective of a run that has learned asks first', async ({ playground }) => {
  const { page } = playground;
  await playground.open();
  await playground.button('step').click();
  await expect.poll(() => playground.steps()).toBe(1);
  await playground.choose(objective.en);
  await expect(page.getByText(/Masked token is another way to learn/)).toBeVisible();
  await expect.poll(() => playground.steps()).toBe(1);
  await page.getByRole('button', { name: en.restart.keep }).click();
  await expect(page.getByRole('radio', { name: 'Next token' })).toBeChecked();
  await playground.choose(objective.en);
  await page.getByRole('button', { name: en.restart.start }).click();
  await expect(page.getByRole('heading', { name: en.blanks.title })).toBeVisible();
  await expect.poll(() => playground.steps()).toBe(0);
});

test('blanks by keyboard, by chance, and by [MASK]; none and only blanks are said to be wrong', async ({
  playground,
}) => {
  const { page } = playground;
  await playground.open();
  await playground.choose(objective.en);
  const input = page.getByRole('textbox', { name: en.prompt.input });
  await input.fill('whale');
  await expect(tiles(playground)).toHaveCount(5);
  await expect.poll(() => pressed(playground)).toEqual([3]);
  await tiles(playground).nth(0).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect.poll(() => pressed(playground)).toEqual([1, 3]);
  await expect(tiles(playground).nth(1)).toHaveAttribute('aria-label', /^hidden h, given/);
  await page.keyboard.press('Enter');
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  await expect(playground.alert().filter({ hasText: 'no blank' })).toBeVisible();
  for (let place = 0; place < 5; place++) await tiles(playground).nth(place).click();
  await expect(playground.alert().filter({ hasText: 'whole prompt is blank' })).toBeVisible();
  await page.getByRole('button', { name: en.blanks.draw }).click();
  await expect(playground.alert()).toHaveCount(0);
  await expect.poll(async () => (await pressed(playground)).length).toBe(1);
  // Nothing stands left of the change, so whatever was drawn is blank no more.
  await input.fill('[MASK]hale');
  await expect.poll(() => pressed(playground)).toEqual([0]);
  await expect(page.getByText(en.blanks.unknown)).toBeVisible();
});

test('a mixture that leaks the answer is explained, and settings that cannot work are refused', async ({
  playground,
}) => {
  const { page } = playground;
  await playground.open();
  await page.getByRole('combobox', { name: en.architecture.attention }).selectOption('bidirectional');
  await expect(page.getByText(/It can cheat/).first()).toBeVisible();
  await playground.choose(objective.en);
  await expect(page.getByText(/It can cheat/)).toHaveCount(0);
  await page.getByRole('combobox', { name: en.architecture.attention }).selectOption('causal');
  await expect(page.getByText(/reads only what stands left/).first()).toBeVisible();
  await page.getByRole('combobox', { name: en.architecture.family }).selectOption('bert');
  await expect(page.getByRole('combobox', { name: en.architecture.norm })).toHaveValue('post');
  await expect(page.getByRole('combobox', { name: en.architecture.attention })).toHaveValue('bidirectional');
  const rate = page.getByRole('textbox', { name: 'Mask rate, exact value' });
  await rate.fill('0');
  await rate.press('Enter');
  await expect(playground.alert().filter({ hasText: 'nothing to guess' })).toBeVisible();
  await rate.fill('0.3');
  await rate.press('Enter');
  await expect(playground.alert()).toHaveCount(0);
  await page.getByRole('radiogroup', { name: en.masking.unit }).getByText('Whole words').click();
  await playground.button('step').click();
  await expect.poll(() => playground.steps()).toBe(1);
});

for (const language of ['en', 'zh'] as const) {
  test(`labels come from the data itself, in ${language}`, async ({ playground }) => {
    const { page } = playground;
    const words = messages[language];
    await playground.open('', language);
    await playground.paste(texts[language]);
    await page.getByRole('button', { name: words.inside.labels }).click();
    const panel = page.getByRole('region', { name: words.inside.labels });
    await expect(panel.getByRole('row')).toHaveCount(11);
    await panel.getByText(words.labels.own, { exact: true }).click();
    const sentence = panel.getByRole('textbox', { name: words.labels.sentence });
    await sentence.fill([...prompts[language]].slice(0, 3).join(''));
    await expect(panel.getByRole('row')).toHaveCount(3);
    await sentence.fill('☃☃');
    await expect(panel.getByRole('alert')).toBeVisible();
    await sentence.fill([...prompts[language]].slice(0, 4).join(''));
    await expect(panel.getByRole('alert')).toHaveCount(0);
    await page.keyboard.press('Escape');
    await expect(panel).toHaveCount(0);
    await expect(page.getByRole('button', { name: words.inside.labels })).toBeFocused();

    await playground.choose(objective[language]);
    await expect(page.getByRole('heading', { name: words.blanks.title })).toBeVisible();
    await page.getByRole('button', { name: words.inside.labels }).click();
    await panel.getByText(words.labels.batch, { exact: true }).click();
    const labels = panel.locator('[data-row="label"] td');
    // The sentence stands there until the batch comes, which is a whole window long.
    await expect(labels).toHaveCount(64);
    const seen = () => labels.allTextContents();
    const first = await seen();
    await panel.getByRole('button', { name: words.labels.draw }).click();
    await expect.poll(seen).not.toEqual(first);
    await panel.getByRole('button', { name: words.labels.asTrained }).click();
    await expect.poll(seen).toEqual(first);
    await panel.getByRole('button', { name: words.labels.laterRow }).click();
    await expect.poll(seen).not.toEqual(first);
  });
}
