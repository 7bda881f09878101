/** The page around the training, on the scripted worker: keys, languages, the way back, readings, files, and motion. */
import { readFile } from 'node:fs/promises';
import { en } from '../src/app/i18n/en.ts';
import { axeFindings, expect, type Language, type Playground } from './fixtures.ts';
import { test } from './scripted.ts';

test.use({ script: { stepsPerTick: 3, tickMs: 20 } });

/** Names of everything the Tab key reaches, and whether its focus can be seen. */
async function tabThrough(playground: Playground): Promise<Map<string, boolean>> {
  const reached = new Map<string, boolean>();
  // The first round starts where the last click was, so the page's end is passed once.
  let ends = 0;
  while (ends < 2) {
    await playground.page.keyboard.press('Tab');
    const found = await playground.page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return undefined;
      const ringed = [element, element.closest(':has(:focus-visible)')];
      const group = element.closest('[role="radiogroup"]');
      const isVisible = [...ringed, group].some((each) => each && getComputedStyle(each).outlineStyle !== 'none');
      const name = element.getAttribute('aria-label') ?? element.textContent ?? '';
      return { key: group ? `group ${group.getAttribute('aria-label')}` : `${element.tagName} ${name}`, isVisible };
    });
    if (found) reached.set(found.key, found.isVisible);
    else ends += 1;
  }
  return reached;
}

test('every control is reached by Tab, with a focus that can be seen', async ({ playground }) => {
  await playground.open();
  await playground.trainBeyond(20);
  const reached = await tabThrough(playground);
  const expected = await playground.page.evaluate(() => {
    const controls = document.querySelectorAll('button, a[href], input, select, textarea, [tabindex="0"]');
    return [...controls]
      .filter((element) => element.checkVisibility() && !element.matches(':disabled, [tabindex="-1"], [type="file"]'))
      .map((element) => {
        const group = element.closest('[role="radiogroup"]');
        const name = element.getAttribute('aria-label') ?? element.textContent ?? '';
        return group ? `group ${group.getAttribute('aria-label')}` : `${element.tagName} ${name}`;
      });
  });
  expect(expected.length).toBeGreaterThan(30);
  expect(expected.filter((key) => !reached.has(key))).toEqual([]);
  expect([...reached].filter(([, isVisible]) => !isVisible)).toEqual([]);
});

test('Compare says what is wrong with the settings it was to begin anew with', async ({ playground }) => {
  const { page } = playground;
  const choose = (label: string) => page.locator('header').getByText(label, { exact: true }).click();
  const losses = page.getByRole('region', { name: en.compare.losses });
  await playground.open();
  await choose(en.compare.title);
  await expect(losses).toBeVisible();
  await playground.button('step').click();
  await expect.poll(() => playground.steps()).toBe(1);
  await choose('Next token');
  const heads = page.getByRole('textbox', { name: 'Heads, exact value' });
  await heads.fill('3');
  await heads.press('Enter');
  await expect(playground.alert()).toHaveCount(1);
  await choose(en.compare.title);
  await expect(losses).toBeVisible();
  await playground.alert().getByRole('button').click();
  await expect(playground.alert()).toHaveCount(0);
  await page.getByRole('button', { name: en.compare.anew }).click();
  await expect(playground.alert()).toContainText('3');
  await expect(losses).toBeVisible();
});

test('arrows walk the prompt and the way back, while training goes on', async ({ playground }) => {
  await playground.open();
  const { page } = playground;
  await playground.button('train').click();
  await expect.poll(() => playground.steps()).toBeGreaterThan(30);
  const chosen = page.getByRole('listbox').getByRole('option', { selected: true });
  const before = await chosen.getAttribute('aria-label');
  await chosen.focus();
  await page.keyboard.press('ArrowRight');
  await expect(chosen).toBeFocused();
  expect(await chosen.getAttribute('aria-label')).not.toBe(before);
  const ruler = page.getByRole('slider', { name: 'Step in view' });
  await ruler.focus();
  await page.keyboard.press('Home');
  for (let presses = 0; presses < 12; presses++) await page.keyboard.press('ArrowRight');
  await expect(page.getByText(/^At step 12 it was as unsure as choosing among/)).toBeVisible();
  const steps = await playground.steps();
  await expect.poll(() => playground.steps()).toBeGreaterThan(steps + 20);
  await expect(ruler).toHaveAttribute('aria-valuenow', '12');
  await page.getByRole('button', { name: 'Back to now' }).click();
  await expect(page.getByText(/^It is now about as unsure/)).toBeVisible();
});

test('a prompt typed mid-run says from which step on it is known, and an earlier one has its past', async ({
  playground,
}) => {
  await playground.open();
  const { page } = playground;
  await playground.trainBeyond(60);
  const input = page.getByRole('textbox', { name: 'Your prompt' });
  const own = await input.inputValue();
  await input.fill('Rough winds');
  await expect(page.getByRole('listbox').getByRole('option')).toHaveCount('Rough winds'.length + 1);
  const ruler = page.getByRole('slider', { name: 'Step in view' });
  await ruler.press('Home');
  const step = await playground.steps();
  await expect(page.getByText(`What it makes of it is known from step ${step} on.`)).toBeVisible();
  await page.getByRole('button', { name: `Show step ${step}` }).click();
  await expect(page.getByRole('list', { name: /^Chances of the next token/ })).toBeVisible();
  await input.fill(own);
  await expect(page.getByRole('listbox').getByRole('option')).toHaveCount([...own].length + 1);
  await ruler.press('Home');
  await expect(page.getByRole('list', { name: /^Chances of the next token/ })).toBeVisible();
  await expect(page.getByText(/nobody had asked/)).toHaveCount(0);
});

test('the large chart reads single steps, comes closer, and gives its files', async ({ playground }) => {
  await playground.open();
  const { page } = playground;
  await playground.trainBeyond(200);
  await page.getByRole('button', { name: 'Enlarge' }).click();
  const plane = page.getByRole('slider', { name: 'Step to read' });
  await plane.press('Home');
  for (let presses = 0; presses < 7; presses++) await plane.press('ArrowRight');
  await expect(plane).toHaveAttribute('aria-valuetext', /^Step 7, training \d\.\d{3}, smoothed, validation \d\.\d{3}$/);
  const whole = page.getByRole('button', { name: 'Whole run' });
  await expect(whole).toBeDisabled();
  const box = await plane.boundingBox();
  if (!box) throw new Error('no plot');
  await page.mouse.move(box.x + box.width * 0.5, box.y + 50);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.8, box.y + 50, { steps: 4 });
  await page.mouse.up();
  await expect(whole).toBeEnabled();
  await plane.press('0');
  await expect(whole).toBeDisabled();
  await page.mouse.wheel(0, -400);
  await expect(whole).toBeEnabled();
  for (const quantity of ['Accuracy', 'Gradient norm', 'Learning rate', 'Tokens/s']) {
    await page.getByRole('combobox', { name: 'Show' }).selectOption({ label: quantity });
    await page.getByRole('combobox', { name: 'Values' }).selectOption('logarithmic');
    await expect(page.getByRole('figure', { name: quantity, exact: true })).toBeVisible();
  }
  expect(await axeFindings(page)).toEqual([]);
  const save = async (item: string) => {
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download' }).click();
    await page.getByRole('menuitem', { name: item }).click();
    return readFile(await (await download).path());
  };
  expect((await save('Picture (PNG)')).subarray(1, 4).toString()).toBe('PNG');
  expect((await save('Table of steps (CSV)')).toString()).toMatch(/^step,tokens,train_loss/);
  const record = JSON.parse((await save('Everything measured (JSON)')).toString());
  expect(record.points.step.slice(0, 3)).toEqual([1, 2, 3]);
  expect(record.configuration.schedule.totalSteps).toBe(2000);
});

test('a setting says what it means, its range, its effect, and what it costs', async ({ playground }) => {
  await playground.open();
  const { page } = playground;
  await playground.trainBeyond(5);
  await page.getByRole('button', { name: 'Layers: what it means' }).press('Enter');
  await expect(page.getByText(/From 1 to 12\. A change needs a new run\.$/)).toBeVisible();
  await page.getByRole('button', { name: 'Learning rate: what it means' }).press('Enter');
  await expect(page.getByText(/A change takes effect at once\.$/)).toBeVisible();
  await page.getByRole('button', { name: 'Schedule: what it means' }).press('Enter');
  await expect(page.getByText('About cosine.')).toBeVisible();
  await page.getByRole('combobox', { name: 'Schedule' }).selectOption('linear');
  await expect(page.getByText('About linear.')).toBeVisible();
  await page.getByRole('combobox', { name: 'Schedule' }).selectOption('cosine');
  await page.getByRole('button', { name: 'Tokens are: what it means' }).press('Enter');
  await expect(page.getByText('About Characters.')).toBeVisible();
  await page.getByRole('slider', { name: 'Layers', exact: true }).press('ArrowRight');
  await expect(page.getByText('Against the present run: +198,272 parameters, +9.9 MB, ×1 a step.')).toBeVisible();
  await expect(page.getByText(/These settings need a new run/)).toBeVisible();
});

test('all that it wrote along the run can be seen, and each leads back to its step', async ({ playground }) => {
  await playground.open();
  const { page } = playground;
  await playground.trainBeyond(120);
  await page.getByRole('button', { name: /Show all \d+ texts it wrote/ }).click();
  const steps = page.getByRole('button', { name: /^Step \d+$/ });
  await expect(steps.nth(3)).toBeVisible();
  await steps.nth(1).click();
  await expect(page.getByRole('button', { name: 'Back to now' })).toBeVisible();
});

test('with reduced motion nothing moves by itself', async ({ playground }) => {
  const { page } = playground;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await playground.open();
  await playground.trainBeyond(20);
  const durations = await page.evaluate(() =>
    [...document.querySelectorAll('*')].flatMap((element) => {
      const { transitionDuration, animationDuration } = getComputedStyle(element);
      return [transitionDuration, animationDuration].filter((each) => /[1-9]/.test(each));
    }),
  );
  expect(durations).toEqual([]);
});

/** Latin words that Chinese pages have too: names, of files as well, units, formats, powers of ten, and what the scripted worker invents. */
const allowed =
  /^(WebGPU|CPU|GPU|MB|kB|GB|B|EN|ln|Top-k|Top-p|CSV|JSON|PNG|safetensors|tokenizer|json|Hugging|Face|GPT-2|GPT|BERT|k|p|e-\d+|backend|invented|adapter|ms|s)$/;

test('the Chinese page has no word that is not translated', async ({ playground }) => {
  await playground.open('', 'zh' satisfies Language);
  const { page } = playground;
  await playground.trainBeyond(120);
  await page.getByRole('button', { name: '更多设置' }).click();
  for (const name of await page.getByRole('button', { name: /：是什么意思$/ }).all()) await name.click();
  await page.getByRole('button', { name: /^看它一路写下的/ }).click();
  await page.getByRole('button', { name: '放大' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  const words = await page.evaluate(() => {
    // The model's own text is in whatever language it learns.
    const own =
      '[role="listbox"], [lang="en"], ul[aria-label] p, ol p, ol[aria-label] li > span:first-child, h3 b, script, noscript, style, input';
    const texts: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      if (!walker.currentNode.parentElement?.closest(own)) texts.push(walker.currentNode.textContent ?? '');
    }
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], [aria-valuetext]')) {
      if (element.closest('[role="listbox"]')) continue;
      for (const name of ['aria-label', 'title', 'placeholder', 'aria-valuetext']) {
        texts.push(element.getAttribute(name) ?? '');
      }
    }
    return texts.flatMap((text) => text.match(/\p{Script=Latin}[\p{Script=Latin}\d-]*/gu) ?? []);
  });
  const prompt = await page.getByRole('textbox', { name: '你的提示' }).inputValue();
  const foreign = words.filter((word) => !allowed.test(word) && !prompt.includes(word));
  expect([...new Set(foreign)]).toEqual([]);
});
