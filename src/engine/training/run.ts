/** One run: a prepared text, a loaded session, its trainer, and the live view of both. */
import type { RunConfiguration, SamplingConfiguration } from '../../contract/configuration.ts';
import type { Event, LabelSource, RunReport, Status } from '../../contract/messages.ts';
import { objectives } from '../objectives/index.ts';
import { schedules } from '../optim/schedules/index.ts';
import { learningRateAt } from '../optim/schedules/schedule.ts';
import { ProblemError } from '../problem.ts';
import type { Backend } from '../program/program.ts';
import { createBatchSource } from './batch-source.ts';
import { type BlankedPrompt, blankPrompt, predictBlanks } from './blanks.ts';
import { find } from './catalog.ts';
import { heldOutBlanks } from './held-out-blanks.ts';
import { KeptRun } from './kept-run.ts';
import { labelText } from './labels.ts';
import { predictPrompt } from './prediction.ts';
import { describePlan, type PreparedText, planRun } from './prepare.ts';
import { Session } from './session.ts';
import { type BatchSource, Trainer } from './trainer.ts';
import { writeOn } from './writer.ts';

type Emit = (event: Event) => void;

/** Shortest time between two predictions while training: eight a second. */
const predictionIntervalMs = 125;
/** Largest share of the time that predictions and samples may take while training. */
const viewShare = 0.15;
const sampleTokens = 64;

/** Slower steps than this are measured once only. */
const quickStepMs = 300;

export class Run {
  private trainer: Trainer;
  private peakRate: number;
  private promptTokens = new Int32Array(0);
  /** The prompt with its blanks, for an objective that fills them. */
  private blanked: BlankedPrompt | undefined;
  private predictionDue = false;
  /** Text whose labels the page has asked to see, while training goes on. */
  private labelsDue: { readonly source: LabelSource; readonly draw: number } | undefined;
  private lastPredictionMs = 0;
  private predictionCostMs = 0;
  private sampleCostMs = 0;
  private lastSampleMs = 0;
  private readonly kept: KeptRun;

  private constructor(
    readonly configuration: RunConfiguration,
    private readonly text: PreparedText,
    private readonly session: Session,
    private readonly source: BatchSource,
    /** Duration of one step, measured before training. */
    readonly stepMs: number,
    private sampling: SamplingConfiguration,
    private readonly emit: Emit,
  ) {
    this.peakRate = configuration.optimizer.learningRate;
    this.trainer = this.createTrainer();
    this.kept = new KeptRun(session, emit);
  }

  /** Loads everything and measures a step; the weights are then fresh from the seed.
   *  @throws ProblemError, with nothing left allocated */
  static async prepare(
    backend: Backend,
    configuration: RunConfiguration,
    text: PreparedText,
    sampling: SamplingConfiguration,
    emit: Emit,
  ): Promise<Run> {
    const plan = planRun(configuration, text.tokenizer.vocabulary, backend);
    const session = await Session.load(backend, plan, configuration.optimizer, (done, total) =>
      emit({ type: 'progress', task: 'compile', done, total }),
    );
    const { model, training, objective, masking } = configuration;
    const settings = { masking, vocabulary: text.vocabulary };
    const chosen = find(objectives, objective);
    const source = createBatchSource(text.dataset, chosen, training, model.context, settings);
    emit({ type: 'progress', task: 'measure', done: 0, total: 1 });
    const stepMs = await measureStep(session, source);
    emit({ type: 'progress', task: 'measure', done: 1, total: 1 });
    session.initialize(training.seed);
    return new Run(configuration, text, session, source, stepMs, sampling, emit);
  }

  get status(): Status {
    return this.trainer.status;
  }

  get step(): number {
    return this.trainer.step;
  }

  get report(): RunReport {
    const { configuration, text, session, stepMs } = this;
    return { configuration, corpus: text.report, plan: describePlan(configuration, session.plan, stepMs) };
  }

  /** What the untrained model knows: loss, prediction and sample at step 0. */
  async introduce(): Promise<void> {
    await this.trainer.evaluate();
    await this.predict();
    await this.sample();
  }

  train(): void {
    this.kept.release();
    this.trainer.train();
  }

  async pause(): Promise<void> {
    await this.trainer.pause();
    await this.predict();
    await this.sendDueLabels(this.step);
  }

  async single(): Promise<void> {
    this.kept.release();
    await this.trainer.single();
    await this.predict();
  }

  /** Fresh weights from the seed. What was trained is put aside until training starts again. */
  async reset(): Promise<void> {
    await this.trainer.pause();
    await this.kept.keep(this.trainer);
    this.session.initialize(this.configuration.training.seed);
    this.trainer = this.createTrainer();
    this.emit({ type: 'status', status: 'ready', step: 0 });
    await this.introduce();
  }

  /** Takes a reset back. */
  async undoReset(): Promise<void> {
    const trainer = this.kept.restore();
    if (!trainer) return;
    this.trainer = trainer;
    this.emit({ type: 'status', status: trainer.status, step: trainer.stepsDone });
    await this.predict();
  }

  adjust({ learningRate, sampling }: { learningRate?: number; sampling?: SamplingConfiguration }): void {
    if (learningRate !== undefined) this.peakRate = learningRate;
    if (sampling) this.sampling = sampling;
  }

  /** @param blanks indices of tokens to blank, where the objective fills blanks
   *  @throws ProblemError 'prompt-empty', 'prompt-no-blank', 'prompt-only-blanks' or 'unknown-characters'; the old
   *  prompt stays */
  async setPrompt(text: string, blanks?: readonly number[]): Promise<void> {
    if (this.writesOn) this.promptTokens = this.encodePrompt(text);
    else this.blanked = blankPrompt(text, blanks, this.text.tokenizer, this.text.vocabulary);
    if (this.status === 'training') this.predictionDue = true;
    else await this.predict();
  }

  /** How a piece of text becomes inputs and labels, and what the model makes of them.
   *  @throws ProblemError at 'labels' for text that can't be labelled */
  async label(source: LabelSource, draw: number): Promise<void> {
    if (this.status === 'training') this.labelsDue = { source, draw };
    else await this.sendLabels(source, draw);
  }

  /** @throws ProblemError 'objective-fills-blanks' where the objective fills blanks instead */
  async generate(prompt: string, tokens: number): Promise<void> {
    if (!this.writesOn) throw new ProblemError({ where: 'prompt', code: 'objective-fills-blanks', values: {} });
    await this.write(this.encodePrompt(prompt), tokens);
  }

  /** Weights by name. */
  readWeights(): Promise<Map<string, Float32Array>> {
    return this.session.readParts('parameters');
  }

  /** Id of the architecture. */
  get family(): string {
    return this.configuration.model.family;
  }

  private get writesOn(): boolean {
    return find(objectives, this.configuration.objective).writesOn;
  }

  /** Names and shapes of the weights. */
  get parts() {
    return this.session.plan.model.arena.parts;
  }

  /** Takes these weights in place of its own; training starts again from step 0. */
  async loadWeights(weights: ReadonlyMap<string, Float32Array>): Promise<void> {
    await this.trainer.pause();
    this.kept.release();
    this.session.writeWeights(weights);
    this.trainer = this.createTrainer();
    this.emit({ type: 'loaded', step: 0 });
    this.emit({ type: 'status', status: 'ready', step: 0 });
    await this.introduce();
  }

  async destroy(): Promise<void> {
    await this.trainer.pause();
    this.session.destroy();
  }

  private createTrainer(): Trainer {
    const { schedule, training, model } = this.configuration;
    const chosen = find(schedules, schedule.kind);
    const options = {
      seed: training.seed,
      schedule,
      evaluationInterval: training.evaluationInterval,
      tokensPerStep: training.batch * training.accumulation * model.context,
      rate: (step: number) => learningRateAt(chosen, schedule, this.peakRate, step),
    };
    return new Trainer(this.session, this.source, options, {
      status: (status, step) => this.emit({ type: 'status', status, step }),
      points: (points) => this.emit({ type: 'points', points }),
      evaluation: (evaluation) => this.emit({ type: 'evaluation', evaluation }),
      between: (step) => this.between(step),
      notFinite: (step) => {
        const values = { step, kept: step - 1 };
        this.emit({ type: 'problem', problem: { where: 'training', code: 'not-finite', values } });
      },
    });
  }

  /** Between two steps: what the page should see, as often as its cost allows. */
  private async between(step: number): Promise<void> {
    const sincePredictionMs = performance.now() - this.lastPredictionMs;
    const pauseMs = Math.max(predictionIntervalMs, this.predictionCostMs / viewShare);
    if (this.predictionDue || sincePredictionMs > pauseMs) await this.predict(step);
    if (this.isSampleDue(step)) await this.sample(step);
    await this.sendDueLabels(step);
  }

  /** What is wrong with the text must not stop training. */
  private async sendDueLabels(step: number): Promise<void> {
    const due = this.labelsDue;
    if (!due) return;
    this.labelsDue = undefined;
    try {
      await this.sendLabels(due.source, due.draw, step);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      this.emit({ type: 'problem', problem: error.problem });
    }
  }

  private async sendLabels(source: LabelSource, draw: number, step = this.step): Promise<void> {
    const { session, text, configuration } = this;
    const { training, model, objective, masking } = configuration;
    const labelling = {
      session,
      source: this.source,
      objective: find(objectives, objective),
      settings: { masking, vocabulary: text.vocabulary },
      tokenizer: text.tokenizer,
      seed: training.seed,
      batch: training.batch,
      context: model.context,
    };
    this.emit({ type: 'labels', labelled: await labelText(labelling, source, draw, step) });
  }

  /** Powers of ten always; 2 and 5 times them where samples are cheap. */
  private isSampleDue(step: number): boolean {
    const leading = step / 10 ** Math.floor(Math.log10(step));
    if (leading === 1) return true;
    if (leading !== 2 && leading !== 5) return false;
    return performance.now() - this.lastSampleMs > this.sampleCostMs / viewShare;
  }

  private async predict(step = this.step): Promise<void> {
    this.predictionDue = false;
    if (this.promptTokens.length === 0 && !this.blanked) return;
    const startMs = performance.now();
    const { session, blanked } = this;
    const { tokenizer } = this.text;
    if (blanked) {
      this.emit({ type: 'blanks', prediction: await predictBlanks(session, blanked, step, tokenizer) });
    } else {
      this.emit({ type: 'prediction', prediction: await predictPrompt(session, this.promptTokens, step, tokenizer) });
    }
    this.lastPredictionMs = performance.now();
    this.predictionCostMs = this.lastPredictionMs - startMs;
  }

  private async sample(step = this.step): Promise<void> {
    if (this.writesOn && this.promptTokens.length === 0) return;
    const startMs = performance.now();
    if (this.writesOn) await this.write(this.promptTokens, sampleTokens, step);
    else await this.fill(step);
    this.lastSampleMs = performance.now();
    this.sampleCostMs = this.lastSampleMs - startMs;
  }

  private async write(prompt: Int32Array, count: number, step = this.step): Promise<void> {
    const { seed } = this.configuration.training;
    const written = await writeOn(this.session, prompt, count, this.sampling, seed, step);
    const { tokenizer } = this.text;
    const start = tokenizer.decode(prompt);
    // Decoded with the prompt: a piece that goes on with a word has no space before it.
    const text = tokenizer.decode([...prompt, ...written]).slice(start.length);
    const sample = { step, prompt: start, text };
    this.emit({ type: 'sample', sample });
  }

  private async fill(step: number): Promise<void> {
    const { session, text, configuration } = this;
    const { training, model, masking } = configuration;
    const settings = { masking, vocabulary: text.vocabulary };
    const blanked = heldOutBlanks(text.dataset, model.context, training.seed, settings);
    this.emit({ type: 'fills', prediction: await predictBlanks(session, blanked, step, text.tokenizer) });
  }

  private encodePrompt(text: string): Int32Array<ArrayBuffer> {
    if (text === '') throw new ProblemError({ where: 'prompt', code: 'prompt-empty', values: {} });
    return Int32Array.from(this.text.tokenizer.encode(text, 'prompt'));
  }
}

/** Time of one step, the first left out where a second is quick: it pays for what the driver builds late. */
async function measureStep(session: Session, source: BatchSource): Promise<number> {
  let stepMs = 0;
  for (let step = 1; step <= 3; step++) {
    const startMs = performance.now();
    await session.submitStepAndRead(step, 0, 0, source.training(step), step);
    stepMs = performance.now() - startMs;
    if (stepMs > quickStepMs) break;
  }
  return stepMs;
}
