/** The page as the tests open it: any console error, page error, or request that leaves the origin fails the test. */
import { AxeBuilder } from '@axe-core/playwright';
import { test as base, expect, type Page } from 'playwright/test';
import type { BackendChoice } from '../src/contract/messages.ts';

export { expect };

interface Fixtures {
  readonly playground: Playground;
  readonly watched: Watched;
}

/** What has gone wrong so far; a test that provokes faults forgets them. */
interface Watched {
  faults(): readonly string[];
  forget(): void;
}

/** What the projects of playwright.config.ts train on. */
const backends: Readonly<Record<string, BackendChoice>> = { webgpu: 'webgpu', page: 'cpu' };

export const test = base.extend<Fixtures>({
  watched: async ({ page, baseURL }, use) => {
    const faults: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => faults.push(`page: ${error.message}`));
    page.on('request', (request) => {
      const url = new URL(request.url());
      const isLocal =
        url.origin === new URL(baseURL ?? '').origin || url.protocol === 'data:' || url.protocol === 'blob:';
      if (!isLocal) faults.push(`request: ${request.url()}`);
    });
    await use({ faults: () => faults, forget: () => faults.splice(0) });
    expect(faults).toEqual([]);
  },
  // Watched from the first request on, in every test that opens the page.
  playground: async ({ page, watched: _ }, use, { project }) =>
    use(new Playground(page, backends[project.name] ?? 'auto')),
});

/** Serious and critical findings of axe, each with the element it is about. */
export async function axeFindings(page: Page): Promise<string[]> {
  // The page has no frames, for which axe would open another page, and only what is wrong need be written up.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  const { violations } = await axe.analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  return serious.map(({ id, nodes }) => `${id}: ${nodes[0].html}`);
}

/** Names of the controls in each language: a contract with assistive technology. */
export const names = {
  en: { train: 'Train', pause: 'Pause', step: 'Step', reset: 'Reset', runLog: 'Run log (CSV)' },
  zh: { train: '训练', pause: '暂停', step: '单步', reset: '重置', runLog: '运行日志 (CSV)' },
} as const;

export type Language = keyof typeof names;

/** What a person does with the page, and what they can read off it. */
export class Playground {
  language: Language = 'en';

  constructor(
    readonly page: Page,
    private readonly backend: BackendChoice,
  ) {}

  /** Opens the page and waits until it can train. By itself it would take the faster backend: on a software adapter
   *  that is the CPU, so the tests of WebGPU ask for it. */
  async open(query = '', language: Language = 'en'): Promise<void> {
    this.language = language;
    const isGiven = new URLSearchParams(query).has('backend');
    const backend = isGiven || this.backend === 'auto' ? '' : `&backend=${this.backend}`;
    await this.page.goto(`./?lang=${language}${backend}${query}`);
    await expect(this.button('train')).toBeEnabled();
  }

  button(name: keyof (typeof names)['en']) {
    return this.page.getByRole('button', { name: names[this.language][name], exact: true });
  }

  /** Switches to an objective, or to the comparison. */
  async choose(label: string): Promise<void> {
    await this.page.locator('header, header + section').getByText(label, { exact: true }).click();
  }

  /** Trains until more than so many steps are done. */
  async trainBeyond(steps: number): Promise<void> {
    await this.button('train').click();
    await expect.poll(() => this.steps(), { timeout: 180_000 }).toBeGreaterThan(steps);
    await this.button('pause').click();
    await expect(this.button('train')).toBeEnabled();
  }

  /** The same in a comparison, and waits for what both models, each at its own pace, have learned by the last step. */
  async trainToVerdict(steps: number): Promise<void> {
    await this.trainBeyond(steps);
    const isTold = async () => {
      const verdict = await this.page.getByTestId('spoken-verdict').textContent();
      return Number(/[\d,]+/.exec(verdict ?? '')?.[0].replaceAll(',', '')) === (await this.steps());
    };
    await expect.poll(isTold).toBe(true);
  }

  /** Gives the page a text of the user's own and waits for the run on it. */
  async paste(text: string): Promise<void> {
    await this.page.getByRole('button', { name: /Paste or drop|粘贴或拖入/ }).click();
    await this.page.getByRole('textbox', { name: /^(Your text|你的文本)$/ }).fill(text);
    await this.page.getByRole('button', { name: /^(Use this text|使用这段文本|用这段文本)$/ }).click();
  }

  /** Gives the page a file as its text. */
  async chooseText(name: string, content: Buffer | string): Promise<void> {
    await this.page.getByRole('button', { name: /Paste or drop|粘贴或拖入/ }).click();
    await this.page
      .getByLabel(/^(Choose a file|选择文件)$/)
      .setInputFiles({ name, mimeType: '', buffer: Buffer.from(content) });
  }

  /** Steps done: the first figure of the status, wherever the layout has it. */
  async steps(): Promise<number> {
    const [said] = await this.page.getByTestId('status').locator('b').allTextContents();
    return Number((said ?? '0').replaceAll(',', ''));
  }

  /** Validation loss, as spoken to those who hear the page. */
  async validationLoss(): Promise<number> {
    const text = await this.page.getByTestId('spoken-loss').textContent();
    return Number(/validation loss (\d+\.\d+)/.exec(text ?? '')?.[1] ?? Number.POSITIVE_INFINITY);
  }

  /** A baseline that the loss chart names, as 'letter frequencies'. */
  async baseline(name: string): Promise<number> {
    const label = this.page.locator('figure svg text', { hasText: name });
    return Number(
      /([\d.]+)\s*$/.exec(
        await label
          .first()
          .textContent()
          .then((text) => text ?? ''),
      )?.[1],
    );
  }

  /** Chance in percent that the prompt's tile at a position was given, as its name says. */
  async chance(position: number): Promise<number> {
    const name = await this.page.getByRole('listbox').getByRole('option').nth(position).getAttribute('aria-label');
    return Number(/([\d.]+)\s*%/.exec(name ?? '')?.[1]);
  }

  alert() {
    return this.page.getByRole('alert');
  }
}
