/** The training loop: paces steps, reads metrics without stopping the device, and stops on a loss that is not finite. */
import type { ScheduleConfiguration } from '../../contract/configuration.ts';
import type { Evaluation, LossScaling, Status, TrainingPoint } from '../../contract/messages.ts';
import type { Batch } from '../objectives/objective.ts';
import { Flight } from './flight.ts';
import type { Session } from './session.ts';
import { isBroken, longestUnreadRun, type StepMetrics } from './step-metrics.ts';

/** Where the trainer gets its text from. Both fill preallocated arrays. */
export interface BatchSource {
  /** Micro-batches of a step; the same for the same step. */
  training(step: number): readonly Batch[];
  /** Batches of the held-out part; the same every time. */
  readonly validation: readonly Batch[];
}

export interface TrainerOptions {
  readonly seed: number;
  readonly schedule: ScheduleConfiguration;
  readonly evaluationInterval: number;
  readonly tokensPerStep: number;
  /** Learning rate of a step, from 1. */
  readonly rate: (step: number) => number;
}

/** What the trainer tells its owner. */
export interface TrainerListener {
  status(status: Status, step: number): void;
  points(points: readonly TrainingPoint[]): void;
  evaluation(evaluation: Evaluation): void;
  /** Loss or gradient was not finite at `step`; the weights are those of the step before. */
  notFinite(step: number): void;
  /** The device could not go on; what it holds is as it was left. */
  broken(error: unknown): void;
  /** Called between steps, at most once at a time; may use the session. */
  between(step: number): Promise<void>;
}

/** Longest time between two readings of the metrics while training. */
const readIntervalMs = 60;
/** Over which throughput is averaged. */
const windowMs = 500;

export class Trainer {
  status: Status = 'ready';
  private submitted = 0;
  private wanted: 'train' | 'pause' = 'pause';
  private loop: Promise<void> | undefined;
  private lastReadMs = 0;
  private tokens = 0;
  /** Last step whose metrics have been asked for. */
  private readUpTo = 0;
  private skippedSteps = 0;
  private lastNorm = 0;
  private readonly throughput = new Throughput();

  constructor(
    private readonly session: Session,
    private readonly source: BatchSource,
    private readonly options: TrainerOptions,
    private readonly listener: TrainerListener,
    /** One for all trainers that take turns. */
    private readonly flight = new Flight(),
  ) {}

  /** Updates of the weights so far, those included whose metrics are still to be read. */
  get step(): number {
    return this.submitted;
  }

  /** Trains until paused, finished, or failed. */
  train(): void {
    if (this.submitted >= this.options.schedule.totalSteps) return this.setStatus('finished');
    this.wanted = 'train';
    if (this.loop) return;
    this.loop = this.run(this.options.schedule.totalSteps);
  }

  /** Stops after the step under way; resolves when it has. */
  async pause(): Promise<void> {
    this.wanted = 'pause';
    await this.loop;
  }

  /** One step; does nothing while training. */
  async single(): Promise<void> {
    if (this.loop) return;
    this.wanted = 'train';
    this.loop = this.run(this.submitted + 1);
    await this.loop;
  }

  /** Measures the validation loss now. */
  async evaluate(): Promise<void> {
    let validationLoss = 0;
    let accuracy = 0;
    const { validation } = this.source;
    for (const batch of validation) {
      const result = await this.session.evaluate(batch);
      validationLoss += result.loss / validation.length;
      accuracy += result.accuracy / validation.length;
    }
    this.listener.evaluation({ step: this.submitted, validationLoss, accuracy });
  }

  /** For an owner that paces the steps itself: `begin`, `advance` while the status is 'training', then `end`. */
  begin(): void {
    if (this.status === 'failed') this.session.clearPoison();
    this.setStatus('training');
    this.lastReadMs = performance.now();
    this.throughput.restart();
  }

  /** Asks for a step, waits until enough of the last ones are done, and reads metrics where it is time. */
  async advance(): Promise<void> {
    const step = this.submitted + 1;
    const evaluating = step % this.options.evaluationInterval === 0 || step === this.options.schedule.totalSteps;
    const read = evaluating || this.isReadDue(step);
    const batches = this.source.training(step);
    const rate = this.options.rate(step);
    this.submitted = step;
    if (read) {
      const since = this.readUpTo + 1;
      this.readUpTo = step;
      this.lastReadMs = performance.now();
      const metrics = this.session.submitStepAndRead(step, this.options.seed, rate, batches, since);
      await this.flight.add(metrics.then((list) => this.report(list)));
    } else {
      this.session.submitStep(step, this.options.seed, rate, batches);
      await this.flight.add(this.session.backend.idle());
    }
    if (evaluating) {
      await this.flight.land();
      if (this.status === 'training') await this.evaluate();
    }
    if (this.status === 'training') await this.listener.between(this.submitted);
  }

  /** Waits for the steps under way and says where training stands. */
  async end(): Promise<void> {
    await this.settle();
    this.announceEnd();
  }

  /** For the same owner, where any of these threw: gives up the steps under way. */
  async abandon(): Promise<void> {
    await this.flight.abandon();
    this.setStatus('failed');
  }

  private async run(until: number): Promise<void> {
    this.begin();
    try {
      while (this.wanted === 'train' && this.submitted < until && this.status === 'training') await this.advance();
      await this.settle();
    } catch (error) {
      await this.abandon();
      this.listener.broken(error);
    } finally {
      this.loop = undefined;
    }
    this.announceEnd();
  }

  private async settle(): Promise<void> {
    await this.flight.land();
    if (this.status === 'training') await this.readRest();
  }

  private announceEnd(): void {
    if (this.status !== 'training') return;
    this.setStatus(this.submitted >= this.options.schedule.totalSteps ? 'finished' : 'paused');
  }

  /** What the last steps measured, where training stops between two readings. */
  private async readRest(): Promise<void> {
    if (this.readUpTo === this.submitted) return;
    const since = this.readUpTo + 1;
    this.readUpTo = this.submitted;
    this.report(await this.session.readMetrics(since, this.submitted));
  }

  private isReadDue(step: number): boolean {
    if (step - this.readUpTo >= longestUnreadRun) return true;
    return performance.now() - this.lastReadMs >= readIntervalMs;
  }

  private report(metrics: readonly StepMetrics[]): void {
    const bad = metrics.findIndex(isBroken);
    const good = bad < 0 ? metrics : metrics.slice(0, bad);
    const { tokensPerStep, rate } = this.options;
    const tokensPerSecond = this.throughput.add(good.length * tokensPerStep);
    const points = good.map((each): TrainingPoint => {
      const { step, loss: trainLoss, accuracy } = each;
      this.tokens += tokensPerStep;
      const scaling = this.scalingAfter(each);
      const measured = { trainLoss, accuracy, gradientNorm: this.lastNorm, learningRate: rate(step), tokensPerSecond };
      return { step, tokens: this.tokens, ...measured, scaling };
    });
    if (points.length > 0 && this.status !== 'failed') {
      this.listener.points(points);
    }
    if (bad >= 0 && this.status !== 'failed') this.fail(metrics[bad].step);
  }

  /** Undefined in single precision. */
  private scalingAfter({ gradientNorm, lossScale }: StepMetrics): LossScaling | undefined {
    if (Number.isFinite(gradientNorm)) this.lastNorm = gradientNorm;
    else this.skippedSteps += 1;
    return lossScale > 0 ? { scale: lossScale, skippedSteps: this.skippedSteps } : undefined;
  }

  /** The device has made no update since: step back to the last good one. */
  private fail(step: number): void {
    this.submitted = step - 1;
    this.readUpTo = step - 1;
    this.setStatus('failed');
    this.listener.notFinite(step);
  }

  private setStatus(status: Status): void {
    this.status = status;
    this.listener.status(status, this.submitted);
  }
}

/** Tokens per second over windows long enough to be steady. */
class Throughput {
  private startMs = 0;
  private tokens = 0;
  private rate = 0;

  restart(): void {
    this.startMs = performance.now();
    this.tokens = 0;
  }

  /** Counts tokens as done now; returns the rate of the last whole window, or of the first one so far. */
  add(tokens: number): number {
    this.tokens += tokens;
    const elapsedMs = performance.now() - this.startMs;
    const current = (this.tokens * 1000) / Math.max(1, elapsedMs);
    if (this.rate === 0 && elapsedMs < windowMs) return current;
    if (elapsedMs >= windowMs) {
      this.rate = current;
      this.restart();
    }
    return this.rate;
  }
}
