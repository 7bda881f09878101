/** Bad input: each gets its message where it happened, in both languages, and the run before stays as it was. */
import { en } from '../src/app/i18n/en.ts';
import { zh } from '../src/app/i18n/zh.ts';
import { expect, type Language, test } from './fixtures.ts';

const messages = { en, zh } as const;

/** A message as a pattern: its first words, up to the first value. */
function beginning(language: Language, code: keyof typeof en.problems): RegExp {
  const [start] = messages[language].problems[code].split('{{');
  const [text] = start.length > 4 ? [start] : [messages[language].problems[code].split('}}')[1].split('{{')[0]];
  return new RegExp(
    text
      .trim()
      .slice(0, 40)
      .replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'),
  );
}

for (const language of ['en', 'zh'] as const) {
  test.describe(language, () => {
    test('texts that cannot be trained on', async ({ playground }) => {
      await playground.open('', language);
      await playground.button('step').click();
      await expect.poll(() => playground.steps()).toBe(1);
      for (const [text, code] of [
        ['   ', 'corpus-empty'],
        ['aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'corpus-single-token'],
        ['far too short', 'corpus-too-short'],
      ] as const) {
        await playground.paste(text);
        const again = playground.page.getByRole('button', { name: messages[language].restart.start });
        // An empty text is refused at once, without the question whether to give up the run.
        if (text.trim() !== '') await again.click();
        await expect(
          playground
            .alert()
            .filter({ hasText: beginning(language, code) })
            .first(),
        ).toBeVisible();
        expect(await playground.steps()).toBe(1);
      }
    });

    test('a prompt with characters that the text never has, and none at all', async ({ playground }) => {
      await playground.open('', language);
      const prompt = playground.page.getByRole('textbox', { name: messages[language].prompt.input });
      await prompt.fill('龘龘');
      await expect(playground.alert().filter({ hasText: beginning(language, 'unknown-characters') })).toBeVisible();
      await prompt.fill('');
      await expect(playground.alert().filter({ hasText: beginning(language, 'prompt-empty') })).toBeVisible();
      await prompt.fill('whale');
      await expect(playground.alert()).toHaveCount(0);
    });

    test('weight files that are damaged, or of another model', async ({ playground }) => {
      await playground.open('', language);
      const input = playground.page.getByLabel(messages[language].weights.load);
      await input.setInputFiles({ name: 'w.safetensors', mimeType: '', buffer: Buffer.from('not a weight file') });
      await expect(playground.alert().filter({ hasText: beginning(language, 'weights-corrupt') })).toBeVisible();
      const header = JSON.stringify({ 'wte.weight': { dtype: 'F32', shape: [1, 1], data_offsets: [0, 4] } });
      const length = Buffer.alloc(8);
      length.writeBigUInt64LE(BigInt(header.length));
      const buffer = Buffer.concat([length, Buffer.from(header), Buffer.alloc(4)]);
      await input.setInputFiles({ name: 'w.safetensors', mimeType: '', buffer });
      await expect(playground.alert().filter({ hasText: 'wte.weight' })).toBeVisible();
    });

    test('a binary file instead of a text', async ({ playground }) => {
      await playground.open('', language);
      await playground.page.getByRole('button', { name: messages[language].text.paste }).click();
      const buffer = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0, 1, 2, 3, 0xff, 0xfe]);
      await playground.page
        .getByLabel(messages[language].text.choose)
        .setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer });
      await expect(
        playground
          .alert()
          .filter({ hasText: beginning(language, 'corpus-binary') })
          .first(),
      ).toBeVisible();
    });
  });
}
