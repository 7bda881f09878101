/** The engine behind the page: takes commands one after another, keeps at most one run, and never loses it to a bad one. */
import type { Catalog, ModelPreset } from '../../contract/catalog.ts';
import type { RunConfiguration, SamplingConfiguration } from '../../contract/configuration.ts';
import type { BackendReport, Command, Event, Problem } from '../../contract/messages.ts';
import { arithmetic } from '../data/corpora/arithmetic.ts';
import { corpora } from '../data/corpora/index.ts';
import { loadCorpus, type ReadCorpusFile } from '../data/load-corpus.ts';
import { normalizeText } from '../data/text.ts';
import { objectives } from '../objectives/index.ts';
import { ProblemError } from '../problem.ts';
import type { Backend } from '../program/program.ts';
import { buildCatalog, find } from './catalog.ts';
import { describePlan, type PreparedText, planRun, prepareText, stepFlops } from './prepare.ts';
import { candidatePresets, choosePreset } from './preset-choice.ts';
import { Run } from './run.ts';
import type { planSession } from './session.ts';
import { readWeights, weightFormat, writeWeights } from './weight-files.ts';

export interface Surroundings {
  /** Opens the backend that was asked for, or the CPU with the reason why not. */
  openBackend(choice: 'auto' | 'webgpu' | 'cpu'): Promise<{ backend: Backend; report: BackendReport }>;
  /** Reads a file of the corpora folder. */
  readonly readCorpusFile: ReadCorpusFile;
  emit(event: Event): void;
}

interface Opened {
  readonly backend: Backend;
  readonly catalog: Catalog;
}

const defaultSampling: SamplingConfiguration = { temperature: 0.8, topK: 0, topP: 1 };

export class Studio {
  private queue: Promise<void> = Promise.resolve();
  private opened: Opened | undefined;
  private run: Run | undefined;
  private text: { readonly key: string; readonly prepared: PreparedText } | undefined;
  private sampling = defaultSampling;
  /** Measured speed, to estimate the step of a plan. */
  private flopsPerMs: number | undefined;

  constructor(private readonly surroundings: Surroundings) {}

  /** Handles a command after those before it. What goes wrong is emitted as a problem. */
  handle(command: Command): Promise<void> {
    this.queue = this.queue.then(() => this.attempt(command));
    return this.queue;
  }

  private async attempt(command: Command): Promise<void> {
    try {
      await this.perform(command);
    } catch (error) {
      this.surroundings.emit({ type: 'problem', problem: problemOf(error) });
      this.restoreStatus();
    }
  }

  /** After a failed command the page must know that the old run is as it was. */
  private restoreStatus(): void {
    const status = this.run?.status ?? 'idle';
    this.surroundings.emit({ type: 'status', status, step: this.run?.step ?? 0 });
  }

  private async perform(command: Command): Promise<void> {
    switch (command.type) {
      case 'open':
        return this.open(command.backend);
      case 'configure':
        return this.configure(command.configuration, command.text);
      case 'plan':
        return this.plan(command.configuration);
      case 'adjust':
        this.sampling = command.sampling ?? this.sampling;
        return this.run?.adjust(command);
      case 'train':
        return this.run?.train();
      case 'pause':
        return this.run?.pause();
      case 'step':
        return this.run?.single();
      case 'reset':
        return this.run?.reset();
      case 'prompt':
        return this.run?.setPrompt(command.text, command.blanks);
      case 'labels':
        return this.run?.label(command.source, command.draw);
      case 'generate':
        return this.run?.generate(command.text, command.tokens);
      case 'save':
        return this.save();
      case 'load':
        return this.load(command.file);
    }
  }

  private async open(choice: 'auto' | 'webgpu' | 'cpu'): Promise<void> {
    const { backend, report } = await this.surroundings.openBackend(choice);
    const slow = report.software || report.kind === 'cpu';
    const index = await this.surroundings.readCorpusFile('index.json');
    const available = index ? availableCorpora(index) : [];
    const measure = (preset: ModelPreset) => this.measurePreset(backend, preset);
    const preset = await choosePreset(candidatePresets(slow), measure);
    const catalog = buildCatalog(available, preset, !slow);
    this.opened = { backend, catalog };
    this.surroundings.emit({ type: 'ready', backend: report, catalog });
    backend.lost.then((detail) => {
      this.surroundings.emit({
        type: 'problem',
        problem: { where: 'backend', code: 'device-lost', values: { detail } },
      });
    });
  }

  /** Step time of a preset on a stand-in text. */
  private async measurePreset(backend: Backend, preset: ModelPreset): Promise<number> {
    const configuration = { ...buildCatalog([], preset, true).defaults, corpus: arithmetic.id };
    const text = await loadCorpus(arithmetic, async () => undefined);
    const run = await Run.prepare(backend, configuration, prepareText(text, configuration), this.sampling, () => {});
    const { stepMs } = run;
    await run.destroy();
    return stepMs;
  }

  private async configure(configuration: RunConfiguration, text: string | undefined): Promise<void> {
    const { backend } = this.require();
    const { emit } = this.surroundings;
    await this.run?.pause();
    emit({ type: 'status', status: 'preparing', step: this.run?.step ?? 0 });
    const prepared = await this.prepareText(configuration, text);
    const run = await Run.prepare(backend, configuration, prepared, this.sampling, emit);
    await this.run?.destroy();
    this.run = run;
    emit({ type: 'prepared', run: run.report });
    emit({ type: 'status', status: 'ready', step: 0 });
    this.flopsPerMs = stepFlops(this.planOf(configuration)) / run.stepMs;
    await run.setPrompt(defaultPrompt(configuration, prepared));
    await run.introduce();
  }

  private async prepareText(configuration: RunConfiguration, text: string | undefined): Promise<PreparedText> {
    const { emit, readCorpusFile } = this.surroundings;
    const { corpus, tokenizer, objective, model } = configuration;
    const key = JSON.stringify([corpus, tokenizer, objective, model.context]);
    if (text === undefined && this.text?.key === key) return this.text.prepared;
    emit({ type: 'progress', task: 'corpus', done: 0, total: 1 });
    const raw = text ?? (corpus === 'custom' ? undefined : await loadCorpus(find(corpora, corpus), readCorpusFile));
    if (raw === undefined) throw new ProblemError({ where: 'corpus', code: 'corpus-empty', values: {} });
    emit({ type: 'progress', task: 'tokenize', done: 0, total: 1 });
    const prepared = prepareText(normalizeText(raw), configuration);
    emit({ type: 'progress', task: 'tokenize', done: 1, total: 1 });
    this.text = { key, prepared };
    return prepared;
  }

  private plan(configuration: RunConfiguration): void {
    const plan = this.planOf(configuration);
    const stepMs = this.flopsPerMs === undefined ? undefined : stepFlops(plan) / this.flopsPerMs;
    this.surroundings.emit({ type: 'planned', plan: describePlan(configuration, plan, stepMs) });
  }

  private planOf(configuration: RunConfiguration): ReturnType<typeof planSession> {
    const ordinary = this.text?.prepared.vocabulary.ordinary ?? 256;
    const { specials } = find(objectives, configuration.objective);
    return planRun(configuration, ordinary + specials.length, this.require().backend);
  }

  private async save(): Promise<void> {
    if (!this.run) return;
    const file = writeWeights(this.run.parts, await this.run.readWeights(), weightFormat(this.run.family));
    this.surroundings.emit({ type: 'weights', file });
  }

  private async load(file: ArrayBuffer): Promise<void> {
    if (!this.run) return;
    const { parts, family } = this.run;
    await this.run.loadWeights(readWeights(new Uint8Array(file), parts, weightFormat(family)));
  }

  private require(): Opened {
    if (!this.opened) throw new Error('the first command must be open');
    return this.opened;
  }
}

/** The corpus's own prompt, or the start of the text where there is none or it can't be encoded. */
function defaultPrompt({ corpus }: RunConfiguration, { tokenizer, report }: PreparedText): string {
  const known = corpora.find(({ id }) => id === corpus);
  const fallback = [...report.excerpt].slice(0, 24).join('');
  if (!known) return fallback;
  try {
    tokenizer.encode(known.prompt, 'prompt');
    return known.prompt;
  } catch {
    return fallback;
  }
}

function availableCorpora(index: string): string[] {
  const parsed: unknown = JSON.parse(index);
  const list = typeof parsed === 'object' && parsed !== null ? Reflect.get(parsed, 'available') : [];
  return Array.isArray(list) ? list.filter((id) => typeof id === 'string') : [];
}

function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  const detail = error instanceof Error ? error.message : String(error);
  return { where: 'backend', code: 'worker-crashed', values: { detail } };
}
