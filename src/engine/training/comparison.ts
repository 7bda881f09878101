/** Two to four runs on one text that train in lock-step on one device, and what each has learned by a fair score. */
import type { RunConfiguration, SamplingConfiguration } from '../../contract/configuration.ts';
import type { ComparisonPace, Event, RunReport, Status } from '../../contract/messages.ts';
import type { Candidate } from '../../contract/results.ts';
import type { EncodedText } from '../data/encode-text.ts';
import type { Pace } from '../data/pace.ts';
import { maskText } from '../objectives/masked-token.ts';
import { ProblemError, problemOf } from '../problem.ts';
import type { Backend } from '../program/program.ts';
import { type Outcomes, spreadPositions } from './fair-score.ts';
import { Flight } from './flight.ts';
import { levelled } from './level.ts';
import { mostFrequent } from './most-frequent.ts';
import { checkSize, type PreparedText, planRun, prepareText, stepFlops } from './prepare.ts';
import { Run } from './run.ts';
import { judge } from './verdict.ts';

/** What a comparison is made of. */
export interface ComparisonPlan {
  readonly configurations: readonly RunConfiguration[];
  readonly pace: ComparisonPace;
  readonly encoded: EncodedText;
  readonly sampling: SamplingConfiguration;
  /** Bytes that the device will hold beside it. */
  readonly heldBytes: number;
  /** Called before anything is loaded, with the bytes that all runs will take. */
  makeRoom(bytes: number): Promise<void>;
}

/** A score costs each run about a third of a step for every batch of guesses. */
const guessedBatches = 16;
const [fewestPositions, mostPositions] = [256, 1024];
/** Scores for a decade of steps, and the largest share of the time that they may take. */
const scoresPerDecade = 8;
const scoreShare = 0.15;

export class Comparison {
  private loop: Promise<void> | undefined;
  private wanted: 'train' | 'pause' = 'pause';
  private scoredAt: number | undefined;
  private lastScoreMs = 0;
  private scoreCostMs = 0;

  private constructor(
    private readonly runs: readonly Run[],
    /** How far the runs are, in what they get as much of as each other. */
    private readonly progress: (run: Run) => number,
    /** Held-out tokens that every run guesses. */
    private readonly positions: Int32Array,
    private readonly baseline: Candidate,
    readonly pace: ComparisonPace,
    private readonly emit: (event: Event) => void,
  ) {}

  /** Loads every run, with fresh weights from its seed. One split of the text serves them all.
   *  @throws ProblemError, with nothing left allocated */
  static async prepare(
    backend: Backend,
    { configurations, pace, encoded, sampling, heldBytes, makeRoom }: ComparisonPlan,
    reading: Pace,
    emit: (event: Event) => void,
  ): Promise<Comparison> {
    const context = Math.max(...configurations.map(({ model }) => model.context));
    const texts = await prepareTexts(encoded, configurations, context, reading);
    const plans = configurations.map((each, index) => planRun(each, texts[index].tokenizer.vocabulary, backend));
    const bytes = plans.reduce((sum, plan) => sum + plan.bytes, 0);
    checkSize(heldBytes + bytes, backend.memoryLimitBytes, 'comparison-too-large');
    await makeRoom(bytes);
    const flight = new Flight();
    const runs: Run[] = [];
    try {
      for (const [index, each] of levelled(configurations, plans.map(stepFlops), pace).entries()) {
        const wrap = (event: Event) => emit(event.type === 'progress' ? event : { type: 'compared', index, event });
        runs.push(await Run.prepare(backend, each, texts[index], sampling, wrap, flight));
      }
    } catch (error) {
      for (const run of runs) await run.destroy();
      throw error;
    }
    const count = Math.min(mostPositions, Math.max(fewestPositions, guessedBatches * configurations[0].training.batch));
    const positions = spreadPositions(count, texts[0].dataset.validation.length, context);
    const progress = (run: Run) => (pace === 'steps' ? run.step : run.step * run.flops);
    return new Comparison(runs, progress, positions, mostFrequent(texts[0], positions), pace, emit);
  }

  get status(): Status {
    return this.runs[0].status;
  }

  get reports(): readonly RunReport[] {
    return this.runs.map(({ report }) => report);
  }

  /** Bytes on the device. */
  get bytes(): number {
    return this.reports.reduce((sum, { plan }) => sum + plan.bytes, 0);
  }

  /** What the untrained models know. */
  async introduce(): Promise<void> {
    for (const run of this.runs) await run.introduce();
    await this.score();
  }

  train(): void {
    this.wanted = 'train';
    this.loop ??= this.drive(Number.POSITIVE_INFINITY);
  }

  /** Stops where all runs are equally far; resolves when they are. */
  async pause(): Promise<void> {
    this.wanted = 'pause';
    await this.loop;
  }

  /** One step of the first run, and of the others what brings them as far. */
  async single(): Promise<void> {
    if (this.loop) return;
    this.wanted = 'train';
    this.loop = this.drive(1);
    await this.loop;
  }

  async reset(): Promise<void> {
    await this.pause();
    for (const run of this.runs) await run.reset();
    await this.score();
  }

  async undoReset(): Promise<void> {
    for (const run of this.runs) await run.undoReset();
    this.scoredAt = this.runs[0].step;
  }

  /** Who fills blanks asks more of a prompt, so that goes first: what it refuses, nobody takes.
   *  @throws ProblemError 'prompt-mask-compared', or as LiveView does */
  async setPrompt(text: string, blanks?: readonly number[]): Promise<void> {
    if (text.includes(maskText) && this.runs.some(({ writesOn }) => writesOn)) {
      throw new ProblemError({ where: 'prompt', code: 'prompt-mask-compared', values: {} });
    }
    const order = this.runs.toSorted((one, other) => Number(one.writesOn) - Number(other.writesOn));
    for (const run of order) await run.setPrompt(text, blanks);
  }

  async destroy(): Promise<void> {
    await this.pause();
    for (const run of this.runs) await run.destroy();
  }

  /** The run that goes next: the one that is least far, the first of those that are equally far. */
  private get next(): Run {
    return this.runs.reduce((least, run) => (this.progress(run) < this.progress(least) ? run : least));
  }

  private async drive(rounds: number): Promise<void> {
    try {
      for (const run of this.runs) run.begin();
      for (let round = 0; round < rounds && this.wanted === 'train' && !this.isOver; round++) {
        await this.round();
        if (this.isScoreDue()) await this.score();
      }
      for (const run of this.runs) await run.end();
      if (this.scoredAt !== this.runs[0].step && !this.hasFailed) await this.score();
    } catch (error) {
      for (const run of this.runs) await run.abandon();
      this.emit({ type: 'problem', problem: problemOf(error) });
    } finally {
      this.loop = undefined;
    }
  }

  /** From where the first run goes next to where it does again. */
  private async round(): Promise<void> {
    do await this.next.advance();
    while (this.next !== this.runs[0] && !this.isOver);
  }

  private get isOver(): boolean {
    const { step, configuration } = this.next;
    return this.hasFailed || step >= configuration.schedule.totalSteps;
  }

  private get hasFailed(): boolean {
    return this.runs.some(({ status }) => status === 'failed');
  }

  /** Powers of ten always; steps between, evenly on the logarithmic axis, where scores are cheap. */
  private isScoreDue(): boolean {
    const { step } = this.runs[0];
    const decades = Math.log10(step);
    if (Number.isInteger(decades)) return true;
    const isMark = Math.floor(scoresPerDecade * decades) > Math.floor(scoresPerDecade * Math.log10(step - 1));
    return isMark && performance.now() - this.lastScoreMs > this.scoreCostMs / scoreShare;
  }

  /** Has every run guess the same held-out tokens. */
  private async score(): Promise<void> {
    const startMs = performance.now();
    const outcomes: Outcomes[] = [];
    for (const run of this.runs) outcomes.push(await run.guess(this.positions));
    const steps = this.runs.map(({ step }) => step);
    this.emit({ type: 'verdict', verdict: { steps, baseline: this.baseline, ...judge(outcomes) } });
    this.scoredAt = steps[0];
    this.lastScoreMs = performance.now();
    this.scoreCostMs = this.lastScoreMs - startMs;
  }
}

/** The text for each run: split once for all, and prepared once for each objective among them. */
async function prepareTexts(
  encoded: EncodedText,
  configurations: readonly RunConfiguration[],
  context: number,
  reading: Pace,
): Promise<PreparedText[]> {
  const texts: PreparedText[] = [];
  for (const { objective } of configurations) {
    const same = texts[configurations.findIndex((each) => each.objective === objective)];
    texts.push(same ?? (await prepareText(encoded, { objective, model: { context } }, reading)));
  }
  return texts;
}
