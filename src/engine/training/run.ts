/** One run: a prepared text, a loaded session, its trainer, the run that a reset put aside, and the view of it. */
import type { RunConfiguration, SamplingConfiguration } from '../../contract/configuration.ts';
import type { Event, RunReport, Status } from '../../contract/messages.ts';
import type { LabelSource } from '../../contract/results.ts';
import { objectives } from '../objectives/index.ts';
import { schedules } from '../optim/schedules/index.ts';
import { learningRateAt } from '../optim/schedules/schedule.ts';
import { problemOf } from '../problem.ts';
import type { Backend } from '../program/program.ts';
import { modelFlops } from '../speed/families.ts';
import { find } from './catalog.ts';
import { guess, type Outcomes } from './fair-score.ts';
import type { Flight } from './flight.ts';
import { KeptRun } from './kept-run.ts';
import { LiveView } from './live-view.ts';
import { loadAndMeasure } from './load-and-measure.ts';
import { describePlan, type PreparedText, planRun, stepFlops } from './prepare.ts';
import type { Session } from './session.ts';
import { measureSpeed } from './speed.ts';
import { type BatchSource, Trainer, type TrainerListener } from './trainer.ts';

type Emit = (event: Event) => void;

export class Run {
  private trainer: Trainer;
  private peakRate: number;
  private readonly kept: KeptRun;
  private readonly view: LiveView;

  private constructor(
    readonly configuration: RunConfiguration,
    private readonly text: PreparedText,
    private readonly session: Session,
    private readonly source: BatchSource,
    /** Duration of one step, measured before training. */
    readonly stepMs: number,
    sampling: SamplingConfiguration,
    private readonly emit: Emit,
    private readonly flight: Flight | undefined,
  ) {
    this.peakRate = configuration.optimizer.learningRate;
    this.trainer = this.createTrainer();
    this.kept = new KeptRun(session, emit);
    this.view = new LiveView(
      { configuration, text, session, source, isCompared: flight !== undefined },
      sampling,
      emit,
    );
  }

  /** Tunes the kernels, loads everything and measures a step; the weights are then fresh from the seed.
   *  @param flight of the runs that this one takes turns with
   *  @throws ProblemError, with nothing left allocated */
  static async prepare(
    backend: Backend,
    configuration: RunConfiguration,
    text: PreparedText,
    sampling: SamplingConfiguration,
    emit: Emit,
    flight?: Flight,
  ): Promise<Run> {
    const plan = planRun(configuration, text.tokenizer.vocabulary, backend);
    await backend.tune?.(plan.step.program, (done, total) => emit({ type: 'progress', task: 'tune', done, total }));
    const { session, source, stepMs } = await loadAndMeasure(backend, plan, configuration, text, emit);
    session.initialize(configuration.training.seed);
    return new Run(configuration, text, session, source, stepMs, sampling, emit, flight);
  }

  /** Milliseconds that a step of a configuration takes, with the kernels as they are.
   *  @throws ProblemError */
  static async measure(backend: Backend, configuration: RunConfiguration, text: PreparedText): Promise<number> {
    const plan = planRun(configuration, text.tokenizer.vocabulary, backend);
    const { session, stepMs } = await loadAndMeasure(backend, plan, configuration, text, () => {});
    session.destroy();
    return stepMs;
  }

  get status(): Status {
    return this.trainer.status;
  }

  get step(): number {
    return this.trainer.step;
  }

  get report(): RunReport {
    const { configuration, text, session, stepMs } = this;
    return {
      configuration,
      corpus: text.report,
      plan: describePlan(configuration, session.plan, stepMs),
      dispatches: session.dispatchesPerStep,
      modelFlops: modelFlops(session.plan.step.program),
    };
  }

  /** What the untrained model knows: loss, prediction and sample at step 0. */
  async introduce(): Promise<void> {
    await this.trainer.evaluate();
    await this.view.predict(this.step);
    await this.view.sample(this.step);
  }

  train(): void {
    this.kept.release();
    this.trainer.train();
  }

  async pause(): Promise<void> {
    await this.trainer.pause();
    await this.view.predict(this.step);
    await this.view.sendDueLabels(this.step);
  }

  async single(): Promise<void> {
    this.kept.release();
    await this.trainer.single();
    await this.view.predict(this.step);
  }

  /** See Trainer: for who paces several runs. */
  begin(): void {
    this.kept.release();
    this.trainer.begin();
  }

  advance(): Promise<void> {
    return this.trainer.advance();
  }

  async end(): Promise<void> {
    await this.trainer.end();
    await this.view.predict(this.step);
  }

  abandon(): Promise<void> {
    return this.trainer.abandon();
  }

  /** False where it fills blanks instead. */
  get writesOn(): boolean {
    return find(objectives, this.configuration.objective).writesOn;
  }

  /** Floating-point operations of one step. */
  get flops(): number {
    return stepFlops(this.session.plan);
  }

  /** What it makes of held-out tokens, each from what its objective lets it read. */
  guess(positions: ArrayLike<number>): Promise<Outcomes> {
    const { dataset, vocabulary } = this.text;
    const { mask } = vocabulary;
    const sight = mask === undefined ? ({ sees: 'left' } as const) : ({ sees: 'both', mask } as const);
    return guess(this.session, dataset.validation, positions, sight);
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
    this.emit({ type: 'status', status: trainer.status, step: trainer.step });
    await this.view.predict(this.step);
  }

  adjust({ learningRate, sampling }: { learningRate?: number; sampling?: SamplingConfiguration }): void {
    if (learningRate !== undefined) this.peakRate = learningRate;
    if (sampling) this.view.setSampling(sampling);
  }

  /** See LiveView; while training the answer comes between two steps. */
  async setPrompt(text: string, blanks?: readonly number[]): Promise<void> {
    this.view.setPrompt(text, blanks);
    if (this.status !== 'training') await this.view.predict(this.step);
  }

  /** See LiveView; while training the answer comes between two steps. */
  async label(source: LabelSource, draw: number): Promise<void> {
    if (this.status === 'training') this.view.askForLabels(source, draw);
    else await this.view.sendLabels(source, draw, this.step);
  }

  /** See LiveView. */
  async generate(prompt: string, tokens: number): Promise<void> {
    await this.view.generate(prompt, tokens, this.step);
  }

  /** Measures where the time of a step goes. Training waits, and then goes on as if nothing had been. */
  async profile(): Promise<void> {
    const wasTraining = this.trainer.status === 'training';
    await this.trainer.pause();
    try {
      const report = await measureSpeed(this.session, this.source.training(1));
      this.emit({ type: 'profiled', report });
    } catch (error) {
      this.emit({ type: 'problem', problem: { ...problemOf(error), where: 'speed' } });
    } finally {
      if (wasTraining && this.status === 'paused') this.trainer.train();
    }
  }

  /** Weights by name. */
  readWeights(): Promise<Map<string, Float32Array>> {
    return this.session.readParts('parameters');
  }

  /** Id of the architecture. */
  get family(): string {
    return this.configuration.model.family;
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
    const listener: TrainerListener = {
      status: (status, step) => this.emit({ type: 'status', status, step }),
      points: (points) => this.emit({ type: 'points', points }),
      evaluation: (evaluation) => this.emit({ type: 'evaluation', evaluation }),
      between: (step) => this.view.between(step),
      notFinite: (step) => {
        const values = { step, kept: step - 1 };
        this.emit({ type: 'problem', problem: { where: 'training', code: 'not-finite', values } });
      },
      broken: (error) => this.emit({ type: 'problem', problem: problemOf(error) }),
    };
    return new Trainer(this.session, this.source, options, listener, this.flight);
  }
}
