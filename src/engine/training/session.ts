/** One model in the memory of one backend: its weights, its programs, and single steps of them. */
import type { OptimizerConfiguration } from '../../contract/configuration.ts';
import { sortTokens } from '../kernels/token-order.ts';
import type { Model } from '../models/model.ts';
import { readPart, writePart } from '../nn/parameters.ts';
import type { Batch } from '../objectives/objective.ts';
import type { Backend, Executable, HalfRefusal, Storage } from '../program/program.ts';
import { programBytes, storageBytes } from '../program/program.ts';
import { rehearsalOf } from '../speed/rehearsal.ts';
import { initialValues } from './initialize.ts';
import {
  type BatchStorages,
  createRunMemory,
  type EvaluationProgram,
  evaluationProgram,
  metricsFields,
  type PredictionProgram,
  predictionProgram,
  type RunMemory,
  type StepOptions,
  type StepProgram,
  stepProgram,
} from './programs.ts';
import { evaluationSlot, metricsOf, type StepMetrics, slotOf } from './step-metrics.ts';

/** Where the loss scale starts: what f16 can hold without a single skipped step in common models. */
const firstLossScale = 2 ** 16;

/** Programs of a session, recorded but not yet in any memory. */
export interface SessionPlan {
  readonly model: Model;
  readonly memory: RunMemory;
  readonly step: StepProgram;
  readonly evaluation: EvaluationProgram;
  readonly prediction: PredictionProgram;
  /** Bytes that loading all of it will allocate. */
  readonly bytes: number;
  /** Why it is of single precision though half was asked for. */
  readonly halfRefusal?: HalfRefusal;
}

export interface SessionOptions extends StepOptions {
  readonly evaluationBatch?: number;
  /** True: what matmul and attention read and write is f16; the device must have it. */
  readonly half?: boolean;
}

/** Records everything a run needs, without allocating on the device. */
export function planSession(model: Model, options: SessionOptions): SessionPlan {
  const memory = createRunMemory(options.half ?? false);
  const step = stepProgram(model, memory, options);
  const { evaluationBatch = options.batch, capacity } = options;
  const evaluation = evaluationProgram(model, memory, { batch: evaluationBatch, capacity });
  const prediction = predictionProgram(model, memory);
  const others = [evaluation.program, prediction.program].flatMap((program) => program.owned);
  const bytes = programBytes(step.program) + others.reduce((sum, storage) => sum + storageBytes(storage), 0);
  return { model, memory, step, evaluation, prediction, bytes };
}

export class Session {
  private readonly counters = new Uint32Array(4);
  private readonly rates = new Float32Array(4);
  private readonly order: Int32Array;
  private readonly starts: Int32Array;

  private constructor(
    readonly backend: Backend,
    readonly plan: SessionPlan,
    private readonly optimizer: OptimizerConfiguration,
    private readonly programs: { step: Executable; evaluation: Executable; prediction: Executable },
  ) {
    this.order = new Int32Array(Math.max(plan.step.batches[0].tokens.length, plan.evaluation.batch.tokens.length));
    this.starts = new Int32Array(plan.step.batches[0].tokenStarts.length);
  }

  /** Allocates and compiles. @throws ProblemError, with nothing left allocated. */
  static async load(
    backend: Backend,
    plan: SessionPlan,
    optimizer: OptimizerConfiguration,
    onProgress?: (done: number, total: number) => void,
  ): Promise<Session> {
    const loaded: Executable[] = [];
    const order = [plan.step.program, plan.evaluation.program, plan.prediction.program];
    const total = order.reduce((sum, program) => sum + program.dispatches.length, 0);
    let before = 0;
    try {
      for (const program of order) {
        const share = (done: number, of: number) =>
          onProgress?.(before + (done / of) * program.dispatches.length, total);
        loaded.push(await backend.load(program, share));
        before += program.dispatches.length;
      }
    } catch (error) {
      for (const executable of loaded) executable.destroy();
      backend.free(sharedStorages(plan));
      throw error;
    }
    for (const { tensor, values } of plan.model.constants) backend.write(tensor.storage, values);
    const [step, evaluation, prediction] = loaded;
    return new Session(backend, plan, optimizer, { step, evaluation, prediction });
  }

  /** What one optimizer step asks of the device. */
  get dispatchesPerStep(): number {
    return this.programs.step.dispatches;
  }

  /** Fresh weights from the seed, zero moments. */
  initialize(seed: number): void {
    this.writeParameters(initialValues(this.plan.model.arena, seed));
    this.clearMoments();
  }

  /** Weights by name in the layout of files, as many as the arena has parts; moments start anew. */
  writeWeights(weights: ReadonlyMap<string, Float32Array>): void {
    const { arena } = this.plan.model;
    const all = new Float32Array(arena.length);
    for (const part of arena.parts) {
      const values = weights.get(part.name);
      if (!values) throw new Error(`no values for ${part.name}`);
      writePart(all, part, values);
    }
    this.writeParameters(all);
    this.clearMoments();
  }

  /** Weights, or gradients of the last step, by name in the layout of files. */
  async readParts(which: 'parameters' | 'gradients'): Promise<Map<string, Float32Array>> {
    const { arena } = this.plan.model;
    const values = await this.backend.read(arena[which]);
    return new Map(arena.parts.map((part) => [part.name, readPart(values, part)]));
  }

  /** Everything on the device that training changes, for `writeValues`. */
  async readValues(): Promise<Float32Array[]> {
    const values: Float32Array[] = [];
    for (const storage of changingStorages(this.plan)) {
      values.push(Float32Array.from(await this.backend.read(storage)));
    }
    return values;
  }

  /** Writes back what `readValues` read. */
  writeValues(values: readonly Float32Array[]): void {
    for (const [index, storage] of changingStorages(this.plan).entries()) this.backend.write(storage, values[index]);
    this.writeHalves(values[0]);
  }

  /** Lets updates go on after a loss that was not finite. */
  clearPoison(): void {
    this.backend.write(this.plan.memory.control, new Float32Array(4));
  }

  /** Asks for one optimizer step; returns at once. `step` counts from 1, and `batches` has one entry per micro-batch. */
  submitStep(step: number, seed: number, learningRate: number, batches: readonly Batch[]): void {
    this.prepareStep(step, seed, learningRate, batches);
    this.programs.step.run();
  }

  /** The same, and the metrics of the last steps as of this one; `since` is the first step not read yet. */
  async submitStepAndRead(
    step: number,
    seed: number,
    learningRate: number,
    batches: readonly Batch[],
    since: number,
  ): Promise<StepMetrics[]> {
    this.prepareStep(step, seed, learningRate, batches);
    return metricsOf(await this.programs.step.runAndRead(this.plan.memory.metrics), since, step);
  }

  /** Lends a step to run for its duration alone: it changes nothing that another one will read.
   *  @throws ProblemError where there is no memory for it */
  async rehearse<Result>(batches: readonly Batch[], work: (step: Executable) => Promise<Result>): Promise<Result> {
    const { backend, plan } = this;
    const { scaling, metrics } = plan.memory;
    const lasting = [...changingStorages(plan), metrics, ...(scaling ? [plan.model.arena.halves] : [])];
    const step = await backend.load(rehearsalOf(plan.step.program, lasting));
    try {
      this.prepareStep(1, 0, 0, batches);
      return await work(step);
    } finally {
      step.destroy();
    }
  }

  /** Metrics of steps that have been asked for, at most `longestUnreadRun` of them. */
  async readMetrics(since: number, step: number): Promise<StepMetrics[]> {
    return metricsOf(await this.backend.read(this.plan.memory.metrics), since, step);
  }

  /** Loss and accuracy of one batch; the weights stay as they are. */
  async evaluate(batch: Batch): Promise<{ loss: number; accuracy: number }> {
    this.prepareEvaluation(batch, 0);
    const ring = await this.programs.evaluation.runAndRead(this.plan.memory.metrics);
    const at = evaluationSlot * metricsFields;
    return { loss: ring[at], accuracy: ring[at + 1] };
  }

  /** Weighted loss of each row of a batch, and its weight where the guess was right, in turn: [rows, 2].
   *  @param length tokens of each window that count, the rest being padding; 0 for all */
  async evaluateRows(batch: Batch, length = 0): Promise<Float32Array> {
    this.prepareEvaluation(batch, length);
    const { losses } = this.plan.evaluation;
    return Float32Array.from(await this.programs.evaluation.runAndRead(losses)).subarray(0, 2 * batch.targets.length);
  }

  /** Logits [T, stride] of a window, V of each row counting; positions after the tokens given are padding. */
  async predict(tokens: Int32Array): Promise<Float32Array> {
    const { prediction } = this.plan;
    const window = new Int32Array(prediction.tokens.length);
    window.set(tokens.subarray(0, window.length));
    this.backend.write(prediction.tokens, window);
    this.counters[3] = tokens.length;
    this.backend.write(this.plan.memory.counters, this.counters);
    const logits = await this.programs.prediction.runAndRead(prediction.logits);
    return logits instanceof Float32Array ? logits : Float32Array.from(logits);
  }

  destroy(): void {
    for (const executable of Object.values(this.programs)) executable.destroy();
    this.backend.free(sharedStorages(this.plan));
  }

  private writeParameters(values: Float32Array): void {
    this.backend.write(this.plan.model.arena.parameters, values);
    this.writeHalves(values);
  }

  /** What products read of the parameters. */
  private writeHalves(parameters: Float32Array): void {
    const { halves, decayed } = this.plan.model.arena;
    if (this.plan.memory.scaling) this.backend.write(halves, parameters.subarray(0, decayed));
  }

  private clearMoments(): void {
    const { arena } = this.plan.model;
    const zeros = new Float32Array(arena.length);
    this.backend.write(arena.firstMoment, zeros);
    this.backend.write(arena.secondMoment, zeros);
    this.clearPoison();
    const { scaling } = this.plan.memory;
    if (scaling) this.backend.write(scaling, Float32Array.of(firstLossScale, 0, 0, 0));
  }

  private prepareEvaluation(batch: Batch, length: number): void {
    this.writeBatch(this.plan.evaluation.batch, batch);
    this.counters[2] = evaluationSlot;
    this.counters[3] = length;
    this.backend.write(this.plan.memory.counters, this.counters);
  }

  private prepareStep(step: number, seed: number, learningRate: number, batches: readonly Batch[]): void {
    this.plan.step.batches.forEach((storages, index) => this.writeBatch(storages, batches[index]));
    this.counters.set([step, seed, slotOf(step), 0]);
    const { beta1, beta2, weightDecay } = this.optimizer;
    this.rates.set([learningRate, 1 - beta1 ** step, 1 - beta2 ** step, weightDecay]);
    this.backend.write(this.plan.memory.counters, this.counters);
    this.backend.write(this.plan.memory.rates, this.rates);
  }

  private writeBatch(storages: BatchStorages, { tokens, targets, weights, chosen }: Batch): void {
    const order = this.order.subarray(0, tokens.length);
    sortTokens(tokens, this.starts.length - 1, order, this.starts);
    this.backend.write(storages.tokens, tokens);
    this.backend.write(storages.targets, targets);
    this.backend.write(storages.weights, weights);
    if (storages.chosen && chosen) {
      this.backend.write(storages.chosen.positions, chosen.positions);
      this.backend.write(storages.chosen.slots, chosen.slots);
    }
    if (storages !== this.plan.evaluation.batch) {
      this.backend.write(storages.tokenOrder, order);
      this.backend.write(storages.tokenStarts, this.starts);
    }
  }
}

/** Weights, which come first, moments, the control words that stop updates after a loss that is not finite, and the scale
 *  of the loss. */
function changingStorages({ model, memory }: SessionPlan): Storage[] {
  const { parameters, firstMoment, secondMoment } = model.arena;
  return [parameters, firstMoment, secondMoment, memory.control, ...(memory.scaling ? [memory.scaling] : [])];
}

function sharedStorages(plan: SessionPlan): Storage[] {
  const { arena, constants } = plan.model;
  const tables = constants.map(({ tensor }) => tensor.storage);
  const { parameters, gradients, firstMoment, secondMoment, halves } = arena;
  return [parameters, gradients, firstMoment, secondMoment, halves, ...tables, ...Object.values(plan.memory)];
}
