/** Bad input: each gets its message where it happened, in both languages, and the run before stays as it was. */
import { en } from '../src/app/i18n/en.ts';
import { zh } from '../src/app/i18n/zh.ts';
import { fields } from '../src/engine/training/fields.ts';
import { expect, type Language, type Playground, test } from './fixtures.ts';

const messages = { en, zh } as const;

/** A message as a pattern: anything may stand where it has a value. */
function message(language: Language, code: keyof typeof en.problems): RegExp {
  const escaped = messages[language].problems[code].replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&');
  return new RegExp(escaped.replaceAll(/\{\{\w+\}\}/g, '.+'));
}

/** The message is on show in the section that it is about, and says so to assistive technology. */
async function expectProblem(playground: Playground, section: string, code: keyof typeof en.problems) {
  const place = playground.page.getByRole('region', { name: section, exact: true });
  await expect(place.getByRole('alert').filter({ hasText: message(playground.language, code) })).toBeVisible();
}

const latin1 = Buffer.from(`A caf\u00e9 in Paris. ${'More words follow here. '.repeat(20)}`, 'latin1');
const gb18030 = Buffer.concat(
  Array.from({ length: 90 }, () => Buffer.from([0xcc, 0xec, 0xc6, 0xf8, 0xa1, 0xa3, 0x0a])),
);

for (const language of ['en', 'zh'] as const) {
  const words = messages[language];

  test.describe(language, () => {
    /** One step is trained, so that there is something to lose; it must be there afterwards. */
    async function openTrained(playground: Playground) {
      await playground.open('', language);
      await playground.button('step').click();
      await expect.poll(() => playground.steps()).toBe(1);
    }

    test('texts that cannot be trained on', async ({ playground }) => {
      await openTrained(playground);
      const again = playground.page.getByRole('button', { name: words.restart.start });
      for (const [text, code] of [
        ['', 'corpus-empty'],
        ['   ', 'corpus-empty'],
        ['a', 'corpus-single-token'],
        ['aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'corpus-single-token'],
        ['far too short', 'corpus-too-short'],
      ] as const) {
        await playground.paste(text);
        // An empty text is refused at once, without the question whether to give up the run.
        if (text.trim() !== '') await again.click();
        await expectProblem(playground, words.text.title, code);
        await expect.poll(() => playground.steps()).toBe(1);
        if (text.trim() !== '') {
          await expect(playground.page.getByText(words.restart.failed)).toBeVisible();
          await playground.page.getByRole('button', { name: words.restart.keep }).click();
        } else await playground.page.getByRole('button', { name: words.problems.dismiss }).click();
        await expect(playground.alert()).toHaveCount(0);
      }
      await playground.button('step').click();
      await expect.poll(() => playground.steps()).toBe(2);
    });

    test('a prompt with characters that the text never has, and none at all', async ({ playground }) => {
      await playground.open('', language);
      const prompt = playground.page.getByRole('textbox', { name: words.prompt.input });
      await prompt.fill('龘龘');
      const alert = playground.alert();
      await expect(alert.filter({ hasText: message(language, 'unknown-characters') })).toBeVisible();
      await expect(alert).toContainText('龘');
      await prompt.fill('');
      await expect(alert.filter({ hasText: message(language, 'prompt-empty') })).toBeVisible();
      await prompt.fill('whale');
      await expect(alert).toHaveCount(0);
    });

    test('every control at its extremes and beyond', async ({ playground }) => {
      await openTrained(playground);
      const { page } = playground;
      const training = page.getByRole('region', { name: words.training.title, exact: true });
      await training.getByRole('button', { name: words.training.more }).click();
      // Those that some choices bring along have their own tests.
      for (const { path, label, minimum, maximum } of fields.filter(({ tokenizers }) => !tokenizers)) {
        const name = label[language];
        const isSeed = path === 'training.seed';
        const exact = isSeed ? name : words.field.exact.replace('{{label}}', name);
        const input = page.getByRole('textbox', { name: exact, exact: true });
        const enter = async (value: number) => {
          await input.fill(String(value));
          await input.press('Enter');
        };
        const before = await input.inputValue();
        const section = path.startsWith('model') ? words.model.title : words.training.title;
        for (const beyond of [minimum - 1, maximum * 2 + 1]) {
          await enter(beyond);
          await expectProblem(playground, section, 'setting-out-of-range');
          const place = page.getByRole('region', { name: section, exact: true });
          await expect(place.getByRole('alert')).toContainText(name);
        }
        for (const extreme of [minimum, maximum]) {
          await enter(extreme);
          await expect(playground.alert().filter({ hasText: message(language, 'setting-out-of-range') })).toHaveCount(
            0,
          );
          await expect(playground.alert().filter({ hasText: message(language, 'worker-crashed') })).toHaveCount(0);
        }
        await enter(Number(before.replaceAll(',', '')));
        await expect(playground.alert()).toHaveCount(0);
        await expect(input).toHaveValue(before);
      }
      await expect.poll(() => playground.steps()).toBe(1);
    });

    test('heads that do not divide the width, and a model larger than the device can hold', async ({ playground }) => {
      await openTrained(playground);
      const enter = async (path: string, value: number) => {
        const label = fields.find((field) => field.path === path)?.label[language] ?? '';
        const input = playground.page.getByRole('textbox', {
          name: words.field.exact.replace('{{label}}', label),
          exact: true,
        });
        await input.fill(String(value));
        await input.press('Enter');
      };
      await enter('model.heads', 3);
      await expectProblem(playground, words.model.title, 'model-heads-width');
      await enter('model.heads', 16);
      for (const [path, value] of [
        ['model.layers', 12],
        ['model.width', 768],
        ['model.context', 512],
        ['training.batch', 256],
      ] as const) {
        await enter(path, value);
      }
      await expectProblem(playground, words.model.title, 'model-too-large');
      await playground.page.getByRole('button', { name: words.restart.keep }).click();
      await expect(playground.alert()).toHaveCount(0);
      await playground.button('step').click();
      await expect.poll(() => playground.steps()).toBe(2);
    });

    test('weight files that are damaged, or of another model', async ({ playground }) => {
      await openTrained(playground);
      const input = playground.page.getByLabel(words.weights.load);
      await input.setInputFiles({ name: 'w.safetensors', mimeType: '', buffer: Buffer.from('not a weight file') });
      await expect(playground.alert().filter({ hasText: message(language, 'weights-corrupt') })).toBeVisible();
      const header = JSON.stringify({ 'wte.weight': { dtype: 'F32', shape: [1, 1], data_offsets: [0, 4] } });
      const length = Buffer.alloc(8);
      length.writeBigUInt64LE(BigInt(header.length));
      const buffer = Buffer.concat([length, Buffer.from(header), Buffer.alloc(4)]);
      await input.setInputFiles({ name: 'w.safetensors', mimeType: '', buffer });
      const mismatch = playground.alert().filter({ hasText: message(language, 'weights-mismatch') });
      await expect(mismatch).toContainText('wte.weight');
      await expect.poll(() => playground.steps()).toBe(1);
    });

    test('files that are no text, or too large, by what they hold', async ({ playground }) => {
      await openTrained(playground);
      const picture = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3, 0xff, 0xfe]);
      await playground.chooseText('book.txt', picture);
      await expectProblem(playground, words.text.title, 'corpus-binary');
      // A file of 200 MB and a byte, made where it is dropped.
      const other = playground.page.getByLabel(words.problems.otherFile);
      await expect(other).toBeAttached();
      await playground.page.evaluate(() => {
        const carried = new DataTransfer();
        carried.items.add(new File([new Uint8Array(200_000_001).fill(97)], 'huge.txt'));
        window.dispatchEvent(new DragEvent('drop', { dataTransfer: carried }));
      });
      await expectProblem(playground, words.text.title, 'corpus-too-large');
      await other.setInputFiles({ name: 'a.txt', mimeType: '', buffer: Buffer.from('a good text. '.repeat(40)) });
      await expect(playground.alert()).toHaveCount(0);
      await expect(playground.page.getByText(words.restart.loses.split('{{')[0])).toBeVisible();
      await expect.poll(() => playground.steps()).toBe(1);
    });

    test('bytes that are no UTF-8: left, replaced, or read as Chinese', async ({ playground }) => {
      const { page } = playground;
      const button = (name: string) => page.getByRole('button', { name, exact: true });
      await playground.open('', language);
      const excerpt = page.getByRole('blockquote', { name: words.text.excerpt });
      const before = await excerpt.textContent();
      await playground.chooseText('latin.txt', latin1);
      await expectProblem(playground, words.text.title, 'corpus-undecodable');
      await expect(button(words.problems.readGb18030)).toHaveCount(0);
      await button(words.problems.leaveFile).click();
      await expect(playground.alert()).toHaveCount(0);
      expect(await excerpt.textContent()).toBe(before);
      await playground.chooseText('latin.txt', latin1);
      await button(words.problems.replaceInvalid).click();
      await expect(excerpt).toContainText('A caf\ufffd in Paris.');
      await playground.chooseText('old.txt', gb18030);
      await button(words.problems.readGb18030).click();
      await expect(excerpt).toContainText('天气。');
      await expect(playground.alert()).toHaveCount(0);
    });

    test('records: a choice of field, and what breaks the rules', async ({ playground }) => {
      const { page } = playground;
      await playground.open('', language);
      const excerpt = page.getByRole('blockquote', { name: words.text.excerpt });
      const field = page.getByRole('combobox', { name: words.text.field });
      const lines = Array.from({ length: 60 }, (_, i) => `{"title":"T${i}","body":"the body of number ${i}"}`);
      await playground.chooseText('a.jsonl', lines.join('\r\n'));
      await expect(excerpt).toHaveText(/^the body of number 0\nthe body/);
      await field.selectOption('title');
      await expect(excerpt).toHaveText(/^T0\nT1/);
      await field.selectOption(words.text.wholeFile);
      await expect(excerpt).toContainText('{"title":"T0"');
      await field.selectOption('body');
      await expect(excerpt).toHaveText(/^the body of number 0/);
      await playground.chooseText('a.csv', `n,words\n${'1,"some, words\nin two lines"\n'.repeat(60)}`);
      await expect(excerpt).toHaveText(/^some, words\nin two lines/);
      await playground.chooseText('a.json', JSON.stringify(lines.map((line) => JSON.parse(line))));
      await expect(excerpt).toHaveText(/^the body of number 0/);

      await playground.chooseText('b.json', `[${lines.join(',\n')}, oops]`);
      await expectProblem(playground, words.text.title, 'corpus-malformed');
      await page.getByRole('button', { name: words.problems.takePlain }).click();
      await expect(excerpt).toContainText('[{"title":"T0"');
      await playground.chooseText('b.jsonl', '{"n": 1}\n{"n": 2}\n');
      await expectProblem(playground, words.text.title, 'corpus-no-field');
      await playground.page.getByRole('button', { name: words.problems.leaveFile }).click();
      await playground.chooseText('c.csv', `a,b\n1,some words\n2,"${'x'.repeat(17 << 20)}`);
      await expectProblem(playground, words.text.title, 'corpus-record-too-long');
      await playground.page.getByRole('button', { name: words.problems.leaveFile }).click();
      await expect(playground.alert()).toHaveCount(0);
      await expect(excerpt).toContainText('[{"title":"T0"');
    });

    test('a large file is read with progress, and can be stopped', async ({ playground }) => {
      const { page } = playground;
      await openTrained(playground);
      await playground.chooseText('large.txt', 'It was the best of times, it was the worst. '.repeat(1_000_000));
      await page.getByRole('button', { name: words.restart.start }).click();
      const bar = page.getByRole('progressbar');
      await expect(bar).toContainText('44 MB');
      await page.getByRole('button', { name: words.text.stopReading, exact: true }).click();
      await expect(bar).toHaveCount(0);
      await expect(playground.button('train')).toBeEnabled();
      await expect.poll(() => playground.steps()).toBe(1);
      await playground.button('step').click();
      await expect.poll(() => playground.steps()).toBe(2);
    });
  });
}
