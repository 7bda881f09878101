/** The engine behind the page: takes commands one after another, keeps at most one run, and never loses it to a bad one. */
import type { Catalog, ModelPreset } from '../../contract/catalog.ts';
import type { RunConfiguration, SamplingConfiguration } from '../../contract/configuration.ts';
import type { BackendChoice, Command, Event, TextSource } from '../../contract/messages.ts';
import { arithmetic } from '../data/corpora/arithmetic.ts';
import { corpora } from '../data/corpora/index.ts';
import { encodeText } from '../data/encode-text.ts';
import { availableTexts, generateText, type ReadCorpusFile } from '../data/load-corpus.ts';
import { Cancelled, Pace, type Report, silentPace } from '../data/pace.ts';
import { inspectSource } from '../data/sources/source.ts';
import { streamOf } from '../data/text.ts';
import { characters } from '../data/tokenizers/characters.ts';
import { objectives } from '../objectives/index.ts';
import { problemOf } from '../problem.ts';
import type { Backend } from '../program/program.ts';
import { chooseBackend, type OpenedBackend } from './backend-choice.ts';
import { buildCatalog, find } from './catalog.ts';
import { CorpusReader, textKey } from './corpus-reader.ts';
import { describePlan, type PreparedText, planRun, prepareText, stepFlops } from './prepare.ts';
import { candidatePresets, choosePreset } from './preset-choice.ts';
import { Run } from './run.ts';
import type { planSession } from './session.ts';
import { validateConfiguration } from './validate.ts';
import { readWeights, weightFormat, writeWeights } from './weight-files.ts';

export interface Surroundings {
  /** Opens the backend that was asked for, or the CPU with the reason why not. */
  openBackend(choice: BackendChoice): Promise<OpenedBackend>;
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
  private readonly corpus: CorpusReader;
  /** The text that a `configure` under way reads, and what stops it. */
  private preparing: { readonly key: string; readonly stop: AbortController } | undefined;
  /** Tokens of text in the vocabulary of the text last read. */
  private ordinary = 256;
  private sampling = defaultSampling;
  /** Measured speed, to estimate the step of a plan. */
  private flopsPerMs: number | undefined;

  constructor(private readonly surroundings: Surroundings) {
    this.corpus = new CorpusReader(surroundings.readCorpusFile);
  }

  /** Handles a command after those before it, or at once where it is about work under way. What goes wrong is emitted
   *  as a problem. */
  handle(command: Command): Promise<void> {
    if (command.type === 'inspect') return this.inspect(command.source);
    if (command.type === 'cancel') this.preparing?.stop.abort(new Cancelled('user'));
    if (command.type === 'configure') this.stopReadingOther(textKey(command.configuration, command.text));
    this.queue = this.queue.then(() => this.attempt(command));
    return this.queue;
  }

  private async attempt(command: Command): Promise<void> {
    try {
      await this.perform(command);
    } catch (error) {
      const isCancelled = error instanceof Cancelled;
      if (isCancelled && error.by === 'newer') return;
      this.surroundings.emit(isCancelled ? { type: 'cancelled' } : { type: 'problem', problem: problemOf(error) });
      this.restoreStatus();
    }
  }

  /** A text that nobody wants any more need not be read to its end. */
  private stopReadingOther(key: string): void {
    if (this.preparing && this.preparing.key !== key) this.preparing.stop.abort(new Cancelled('newer'));
  }

  private async inspect(source: TextSource): Promise<void> {
    const { id } = source;
    try {
      this.surroundings.emit({ type: 'inspected', id, report: await inspectSource(source) });
    } catch (error) {
      this.surroundings.emit({ type: 'refused', id, problem: problemOf(error) });
    }
  }

  /** After a failed command the page must know that the old run is as it was. */
  private restoreStatus(): void {
    const status = this.run?.status ?? 'idle';
    this.surroundings.emit({ type: 'status', status, step: this.run?.step ?? 0 });
  }

  private async perform(command: Command): Promise<void> {
    switch (command.type) {
      case 'inspect':
      case 'cancel':
        // Handled when they came.
        return;
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
      case 'undo':
        return this.run?.undoReset();
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

  private async open(choice: BackendChoice): Promise<void> {
    const { backend, report } = await chooseBackend(
      choice,
      (asked) => this.surroundings.openBackend(asked),
      (candidate) => this.measurePreset(candidate, candidatePresets(true)[0]),
    );
    const slow = report.software || report.kind === 'cpu';
    const index = await this.surroundings.readCorpusFile('index.json');
    const available = index ? availableTexts(index) : [];
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
    const text = await encodeText(streamOf(generateText(arithmetic)), characters, silentPace);
    const prepared = await prepareText(text, configuration, silentPace);
    const run = await Run.prepare(backend, configuration, prepared, this.sampling, () => {});
    const { stepMs } = run;
    await run.destroy();
    return stepMs;
  }

  private async configure(configuration: RunConfiguration, text: TextSource | undefined): Promise<void> {
    const { emit } = this.surroundings;
    const wasTraining = this.run?.status === 'training';
    await this.run?.pause();
    emit({ type: 'status', status: 'preparing', step: this.run?.step ?? 0 });
    const stop = new AbortController();
    this.preparing = { key: textKey(configuration, text), stop };
    try {
      await this.replaceRun(configuration, text, stop.signal);
    } catch (error) {
      if (wasTraining && error instanceof Cancelled) this.run?.train();
      throw error;
    } finally {
      this.preparing = undefined;
    }
    await this.run?.introduce();
  }

  /** The old run is there until the new one is whole. */
  private async replaceRun(
    configuration: RunConfiguration,
    text: TextSource | undefined,
    signal: AbortSignal,
  ): Promise<void> {
    const { emit } = this.surroundings;
    const prepared = await this.prepareText(configuration, text, signal);
    const run = await Run.prepare(this.require().backend, configuration, prepared, this.sampling, emit);
    if (signal.aborted) {
      await run.destroy();
      throw signal.reason;
    }
    await this.run?.destroy();
    this.run = run;
    emit({ type: 'prepared', run: run.report });
    emit({ type: 'status', status: 'ready', step: 0 });
    this.flopsPerMs = stepFlops(this.planOf(configuration)) / run.stepMs;
    await run.setPrompt(defaultPrompt(configuration, prepared));
  }

  private async prepareText(
    configuration: RunConfiguration,
    text: TextSource | undefined,
    signal: AbortSignal,
  ): Promise<PreparedText> {
    const { emit } = this.surroundings;
    const report: Report = (task, done, total) => emit({ type: 'progress', task, done, total });
    validateConfiguration(configuration);
    report('corpus', 0, 1);
    const pace = new Pace(report, signal);
    const prepared = await prepareText(await this.corpus.read(configuration, text, pace), configuration, pace);
    this.ordinary = prepared.vocabulary.ordinary;
    return prepared;
  }

  private plan(configuration: RunConfiguration): void {
    const plan = this.planOf(configuration);
    const stepMs = this.flopsPerMs === undefined ? undefined : stepFlops(plan) / this.flopsPerMs;
    this.surroundings.emit({ type: 'planned', plan: describePlan(configuration, plan, stepMs) });
  }

  private planOf(configuration: RunConfiguration): ReturnType<typeof planSession> {
    const { specials } = find(objectives, configuration.objective);
    return planRun(configuration, this.ordinary + specials.length, this.require().backend);
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
