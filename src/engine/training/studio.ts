/** The engine behind the page: takes commands one after another, keeps at most one run, and never loses it to a bad one. */
import type { Catalog, ModelPreset } from '../../contract/catalog.ts';
import type { RunConfiguration, SamplingConfiguration } from '../../contract/configuration.ts';
import type { BackendChoice, Command, Event, Problem, TextSource } from '../../contract/messages.ts';
import { arithmetic } from '../data/corpora/arithmetic.ts';
import { encodeText } from '../data/encode-text.ts';
import { availableTexts, generateText, type ReadCorpusFile } from '../data/load-corpus.ts';
import { Cancelled, type Pace, silentPace } from '../data/pace.ts';
import { streamOf } from '../data/text.ts';
import { characters } from '../data/tokenizers/characters.ts';
import { problemOf } from '../problem.ts';
import type { Backend } from '../program/program.ts';
import { chooseBackend, type OpenedBackend } from './backend-choice.ts';
import { buildCatalog } from './catalog.ts';
import { Comparison } from './comparison.ts';
import { CorpusReader } from './corpus-reader.ts';
import { defaultPrompt } from './default-prompt.ts';
import { answerAtOnce } from './inspection.ts';
import { LoadedTokenizers } from './loaded-tokenizers.ts';
import { Planner } from './planner.ts';
import { wantsHalf } from './precisions.ts';
import { Preparation, type Preparing } from './preparation.ts';
import { planRun, prepareText } from './prepare.ts';
import { candidatePresets, choosePreset } from './preset-choice.ts';
import { Run } from './run.ts';
import { VocabularyView } from './vocabulary-view.ts';
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
  /** The last comparison; it stays, paused, while the run beside it is in view. */
  private comparison: Comparison | undefined;
  private isComparing = false;
  private readonly preparation: Preparation;
  private readonly loaded = new LoadedTokenizers();
  /** The tokenizer of the run, and the beginning of its text. */
  private vocabulary: VocabularyView | undefined;
  private readonly planner = new Planner();
  private sampling = defaultSampling;
  /** That the backend is gone. */
  private loss: Problem | undefined;

  /** Once the backend is gone, that is what faults come of. */
  private readonly emit = (event: Event): void => {
    const isFault = event.type === 'problem' && event.problem.code === 'worker-crashed';
    this.surroundings.emit(isFault && this.loss ? { type: 'problem', problem: this.loss } : event);
  };

  constructor(private readonly surroundings: Surroundings) {
    this.preparation = new Preparation(new CorpusReader(surroundings.readCorpusFile, this.loaded), this.emit);
  }

  /** Handles a command after those before it, or at once where it is about work under way. What goes wrong is emitted
   *  as a problem. */
  handle(command: Command): Promise<void> {
    if (command.type === 'inspect' || command.type === 'openTokenizer') {
      return answerAtOnce(command, this.loaded).then(this.emit);
    }
    if (command.type === 'cancel') this.preparation.cancel();
    if (command.type === 'configure') this.preparation.cancelOther(command.configuration, command.text);
    if (command.type === 'compare') this.preparation.cancelOther(command.configurations[0], command.text);
    this.queue = this.queue.then(() => this.attempt(command));
    return this.queue;
  }

  private async attempt(command: Command): Promise<void> {
    try {
      await this.perform(command);
    } catch (error) {
      const isCancelled = error instanceof Cancelled;
      if (isCancelled && error.by === 'newer') return;
      const what = command.type === 'compare' ? 'comparison' : 'run';
      this.emit(isCancelled ? { type: 'cancelled', what } : { type: 'problem', problem: problemOf(error) });
      this.restoreStatus();
    }
  }

  /** After a failed command the page must know that the old run is as it was. */
  private restoreStatus(): void {
    const status = this.run?.status ?? 'idle';
    this.emit({ type: 'status', status, step: this.run?.step ?? 0 });
  }

  private async perform(command: Command): Promise<void> {
    if (wantsHalf(command)) await this.require().backend.checkHalf();
    switch (command.type) {
      case 'inspect':
      case 'openTokenizer':
      case 'cancel':
        // Handled when they came.
        return;
      case 'open':
        return this.open(command.backend);
      case 'configure':
        return this.configure(command.configuration, command.text);
      case 'compare':
        return this.compare(command);
      case 'leave':
      case 'return':
        return this.turnTo(command.type === 'return' ? this.comparison : undefined);
      case 'plan':
        this.emit({
          type: 'planned',
          plan: this.planner.plan(command.configuration, this.require().backend),
        });
        return;
      case 'adjust':
        this.sampling = command.sampling ?? this.sampling;
        return this.run?.adjust(command);
      case 'train':
        return this.trained?.train();
      case 'pause':
        return this.trained?.pause();
      case 'step':
        return this.trained?.single();
      case 'reset':
        return this.trained?.reset();
      case 'undo':
        return this.trained?.undoReset();
      case 'prompt':
        return this.trained?.setPrompt(command.text, command.blanks);
      case 'labels':
        return this.run?.label(command.source, command.draw);
      case 'profile':
        return this.run?.profile();
      case 'generate':
        return this.run?.generate(command.text, command.tokens);
      case 'tokenize':
      case 'pieces':
      case 'saveTokenizer': {
        const answer = this.vocabulary?.answer(command);
        if (answer) this.emit(answer);
        return;
      }
      case 'save':
        return this.save();
      case 'load':
        return this.load(command.file);
    }
  }

  /** What training, its resets, and the prompt are about. */
  private get trained(): Run | Comparison | undefined {
    return this.isComparing ? this.comparison : this.run;
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
    this.emit({ type: 'ready', backend: report, catalog });
    backend.lost.then((detail) => {
      const code = backend.kind === 'cpu' ? 'thread-lost' : 'device-lost';
      this.loss = { where: 'backend', code, values: { detail } };
      this.emit({ type: 'problem', problem: this.loss });
    });
  }

  /** Step time of a preset on a stand-in text. */
  private async measurePreset(backend: Backend, preset: ModelPreset): Promise<number> {
    const configuration = { ...buildCatalog([], preset, true).defaults, corpus: arithmetic.id };
    const text = await encodeText(streamOf(generateText(arithmetic)), characters, silentPace);
    const prepared = await prepareText(text, configuration, silentPace);
    return Run.measure(backend, configuration, prepared);
  }

  private async turnTo(comparison: Comparison | undefined): Promise<void> {
    try {
      await this.trained?.pause();
    } finally {
      this.isComparing = comparison !== undefined;
      this.emit({ type: 'inView', isComparison: this.isComparing });
    }
  }

  private async configure(configuration: RunConfiguration, text: TextSource | undefined): Promise<void> {
    await this.prepare(configuration, text, (preparing) => this.replaceRun(configuration, preparing));
    await this.run?.introduce();
  }

  /** Pauses what trains for work on something new; where that is stopped, it trains on. */
  private async prepare(...[configuration, text, work]: Parameters<Preparation['run']>): Promise<void> {
    const { trained } = this;
    const wasTraining = trained?.status === 'training';
    await trained?.pause();
    this.emit({ type: 'status', status: 'preparing', step: this.run?.step ?? 0 });
    try {
      await this.preparation.run(configuration, text, work);
    } catch (error) {
      if (wasTraining && error instanceof Cancelled && trained === this.trained) trained.train();
      throw error;
    }
  }

  /** What was there stays until the new run is whole, but for a comparison that leaves it no room. */
  private async replaceRun(configuration: RunConfiguration, { encoded, pace, keep }: Preparing): Promise<void> {
    const prepared = await prepareText(encoded, configuration, pace);
    this.planner.tokenizer = encoded.tokenizer;
    const { backend } = this.require();
    await this.makeRoom(planRun(configuration, prepared.tokenizer.vocabulary, backend).bytes, pace);
    const run = await Run.prepare(backend, configuration, prepared, this.sampling, this.emit);
    await keep(run);
    await this.run?.destroy();
    this.run = run;
    this.vocabulary = new VocabularyView(encoded);
    this.isComparing = false;
    this.emit({ type: 'prepared', run: run.report });
    this.emit({ type: 'status', status: 'ready', step: 0 });
    this.planner.measured(configuration, run.stepMs, backend);
    await run.setPrompt(defaultPrompt(configuration, prepared));
  }

  /** Gives the comparison up where the device can't hold it beside what is about to be loaded: the last thing before that,
   *  once all is known that costs nothing to know. */
  private async makeRoom(bytes: number, pace: Pace): Promise<void> {
    pace.check();
    if (!this.comparison) return;
    const held = this.heldBytes + this.comparison.bytes;
    if (held + bytes <= this.require().backend.memoryLimitBytes) return;
    await this.replaceComparison(undefined);
    this.emit({ type: 'displaced' });
  }

  /** Of the run, on the device. */
  private get heldBytes(): number {
    return this.run?.report.plan.bytes ?? 0;
  }

  private async compare({ configurations, pace, text }: Extract<Command, { type: 'compare' }>): Promise<void> {
    const [first] = configurations;
    let prompt = '';
    try {
      await this.prepare(first, text, async ({ encoded, pace: reading, keep }) => {
        const makeRoom = (bytes: number) => this.makeRoom(bytes, reading);
        const plan = { configurations, pace, encoded, sampling: this.sampling, heldBytes: this.heldBytes, makeRoom };
        const comparison = await Comparison.prepare(this.require().backend, plan, reading, this.emit);
        await keep(comparison);
        await this.replaceComparison(comparison);
        prompt = defaultPrompt(first, { tokenizer: encoded.tokenizer, report: encoded });
      });
    } catch (error) {
      this.emit({ type: 'uncompared' });
      throw error;
    }
    this.restoreStatus();
    this.emit({ type: 'comparing', pace, runs: this.comparison?.reports ?? [] });
    await this.comparison?.setPrompt(prompt);
    await this.comparison?.introduce();
  }

  private async replaceComparison(comparison: Comparison | undefined): Promise<void> {
    await this.comparison?.destroy();
    this.comparison = comparison;
    this.isComparing = comparison !== undefined;
  }

  private async save(): Promise<void> {
    if (!this.run) return;
    const file = writeWeights(this.run.parts, await this.run.readWeights(), weightFormat(this.run.family));
    this.emit({ type: 'weights', file });
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
