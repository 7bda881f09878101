/** The tokenizer laid open: tokens of a text, merges in order, the file out and in again, and files that are none. */
import { readFile } from 'node:fs/promises';
import { en } from '../src/app/i18n/en.ts';
import { zh } from '../src/app/i18n/zh.ts';
import { axeFindings, expect, type Language, type Playground, test } from './fixtures.ts';

const messages = { en, zh } as const;
const text = 'the cat sat on the mat, and the dog sat on the log. 猫坐在垫子上，狗坐在木头上。\n'.repeat(60);

function viewOf({ page, language }: Playground) {
  const words = messages[language].tokenizer;
  const panel = page.getByRole('region', { name: messages[language].inside.tokenizer, exact: true });
  return { words, panel, tokens: panel.getByRole('listbox', { name: words.tokens }).getByRole('option') };
}

async function open(playground: Playground, language: Language) {
  await playground.open('', language);
  await playground.page.getByRole('button', { name: messages[language].inside.tokenizer, exact: true }).click();
  return viewOf(playground);
}

/** Byte pairs learnt from the pasted text, as many as it has. */
async function learn({ page, language }: Playground) {
  const { problems } = messages[language];
  await page.getByText('BPE', { exact: true }).click();
  const fewer = page.getByRole('button', { name: new RegExp(problems.learnFewer.replace('{{amount}}', '\\d+')) });
  const possible = Number(/\d+/.exec((await fewer.textContent()) ?? '')?.[0]);
  await fewer.click();
  return possible;
}

/** What every token on show says of itself: its text, id and bytes. */
const namesOf = (tokens: ReturnType<typeof viewOf>['tokens']) =>
  tokens.evaluateAll((all) => all.map((token) => token.getAttribute('aria-label')));

for (const language of ['en', 'zh'] as const) {
  test(`learnt, looked at, saved, and loaded again, ${language}`, async ({ playground, page }) => {
    await playground.open('', language);
    await playground.paste(text);
    const possible = await learn(playground);
    await page.getByRole('button', { name: messages[language].inside.tokenizer, exact: true }).click();
    const { words, panel, tokens } = viewOf(playground);
    const merges = panel.getByRole('region', { name: words.merges }).getByRole('row');
    await expect(merges.nth(1)).toBeVisible();
    await expect(panel).toContainText(words.gave_other.replace('{{amount}}', String(possible - 256)));
    await panel.getByRole('textbox', { name: words.search }).fill('at');
    await expect(merges.filter({ hasText: 'at' }).first()).toBeVisible();
    await expect(panel).toContainText(new RegExp(words.found_other.replace('{{amount}}', '\\d+')));
    expect(await axeFindings(page)).toEqual([]);

    await tokens.first().focus();
    await page.keyboard.press('ArrowRight');
    await expect(tokens.nth(1)).toBeFocused();
    await expect(panel.getByTestId('token-detail')).toContainText(/[0-9A-F]{2}/);
    await panel.getByText(words.own, { exact: true }).click();
    await panel.getByRole('textbox', { name: words.sentence }).fill('the 猫 sat');
    // The prompt that stood here begins the same way and ends otherwise.
    await expect(tokens.last()).toHaveText(/sat$/);
    const learnt = await namesOf(tokens);

    const download = page.waitForEvent('download');
    await panel.getByRole('button', { name: words.save }).click();
    const saved = await download;
    expect(saved.suggestedFilename()).toBe('tokenizer.json');
    const file = await readFile(await saved.path());
    expect(JSON.parse(file.toString()).model.type).toBe('BPE');
    const settings = page.getByRole('region', { name: messages[language].text.title, exact: true });
    await settings.getByText(language === 'en' ? 'Characters' : '单字', { exact: true }).click();
    await expect.poll(() => namesOf(tokens)).not.toEqual(learnt);
    await page.getByLabel(words.load).setInputFiles({ name: 'mine.json', mimeType: '', buffer: file });
    await expect(
      page.getByText(words.fromFile.replace('{{kind}}', 'BPE').replace('{{name}}', 'mine.json')),
    ).toBeVisible();
    await expect.poll(() => namesOf(tokens)).toEqual(learnt);
    await expect(panel.getByRole('region', { name: words.mergesFile }).getByRole('row').nth(1)).toBeVisible();
    expect(await axeFindings(page)).toEqual([]);
  });

  test(`characters have no merges, and what they can’t express is said there, ${language}`, async ({ playground }) => {
    const { words, panel, tokens } = await open(playground, language);
    await expect(tokens.first()).toBeVisible();
    await expect(panel.getByRole('region', { name: words.merges })).toHaveCount(0);
    await panel.getByText(words.own, { exact: true }).click();
    await panel.getByRole('textbox', { name: words.sentence }).fill('龘');
    await expect(panel.getByRole('alert')).toContainText('龘');
    await panel.getByRole('textbox', { name: words.sentence }).fill('whale');
    await expect(panel.getByRole('alert')).toHaveCount(0);
    await expect(tokens).toHaveText([...'whale']);
  });

  test(`files that are no tokenizer, or one that this page can’t run, ${language}`, async ({ playground, page }) => {
    await playground.open('', language);
    await playground.button('step').click();
    await expect.poll(() => playground.steps()).toBe(1);
    const { tokenizer, problems, restart } = messages[language];
    const give = (content: string) =>
      page
        .getByLabel(tokenizer.load)
        .setInputFiles({ name: 'tokenizer.json', mimeType: '', buffer: Buffer.from(content) });
    const place = page.getByRole('region', { name: messages[language].text.title, exact: true }).getByRole('alert');
    await give('{"model": ');
    await expect(place).toContainText(problems['tokenizer-corrupt'].replace('{{detail}}', 'JSON'));
    await give(JSON.stringify({ model: { type: 'Unigram', vocab: [['a', -1]] } }));
    await expect(place).toContainText(problems['tokenizer-unsupported'].replace('{{feature}}', 'model Unigram'));
    expect(await axeFindings(page)).toEqual([]);
    await expect.poll(() => playground.steps()).toBe(1);
    await expect(page.getByText(restart.loses.split('{{')[0])).toHaveCount(0);
    const vocab = Object.fromEntries(['[UNK]', '[MASK]', 'the', '##y'].map((piece, id) => [piece, id]));
    const model = { type: 'WordPiece', unk_token: '[UNK]', vocab };
    await give(JSON.stringify({ pre_tokenizer: { type: 'BertPreTokenizer' }, model }));
    await expect(place).toHaveCount(0);
    await expect(page.getByText(restart.loses.split('{{')[0])).toBeVisible();
    await page.getByRole('button', { name: restart.keep }).click();
    await playground.button('step').click();
    await expect.poll(() => playground.steps()).toBe(2);
  });
}
