/** Records the three programs of a run: the training step, the evaluation, and the prediction of one window. */
import type { OptimizerConfiguration } from '../../contract/configuration.ts';
import { compile } from '../autograd/compile.ts';
import { Tape } from '../autograd/tape.ts';
import { columnsOf, fixedTensor, type Tensor } from '../autograd/tensor.ts';
import { adamW } from '../kernels/adamw.ts';
import { globalNormFinal, globalNormGroups, globalNormPartial } from '../kernels/global-norm.ts';
import { lossMetrics } from '../kernels/metrics.ts';
import type { Model } from '../models/model.ts';
import { crossEntropy } from '../ops/cross-entropy.ts';
import type { Program, Storage } from '../program/program.ts';

/** Steps whose metrics the device keeps before the oldest is overwritten. */
export const metricsSlots = 64;

/** Values per slot of the metrics ring: loss, accuracy, gradient norm, loss scale (0 where the loss is not scaled). */
export const metricsFields = 4;

/** Memory that every program of a run shares beside the arena. */
export interface RunMemory {
  /** u32: step, seed, metrics slot, 0. */
  readonly counters: Storage;
  /** f32: learning rate, 1 − β₁ᵗ, 1 − β₂ᵗ, weight decay. */
  readonly rates: Storage;
  readonly metrics: Storage;
  /** f32: clip scale; 1 once a loss or norm was not finite, from when on no update is made; 1 where this step makes none;
   *  spare. */
  readonly control: Storage;
  /** f32: what the gradient of the loss is multiplied by, and for how many steps; in half precision only. */
  readonly scaling?: Storage;
}

/** Where the host writes one micro-batch. */
export interface BatchStorages {
  /** i32 [B, T] */
  readonly tokens: Storage;
  /** i32 [rows]: all positions, or the slots of predicted ones; negative where the row does not count. */
  readonly targets: Storage;
  /** f32 [rows]; the loss is the weighted sum over rows. */
  readonly weights: Storage;
  /** Where only some positions are predicted: i32 [rows] and [B·T]. */
  readonly chosen?: { readonly positions: Storage; readonly slots: Storage };
  /** i32 [B·T] and [V+1]: positions sorted by token, and where each token's run starts. */
  readonly tokenOrder: Storage;
  readonly tokenStarts: Storage;
}

export interface StepProgram {
  readonly program: Program;
  /** One entry per micro-batch. */
  readonly batches: readonly BatchStorages[];
}

export interface StepOptions {
  readonly batch: number;
  readonly accumulation: number;
  readonly dropout: number;
  readonly optimizer: OptimizerConfiguration;
  /** Sequence length; the model's context where it is left out. */
  readonly length?: number;
  /** Slots for predicted positions; every position is predicted where it is left out. */
  readonly capacity?: number;
  /** True: a block's activations are computed again in the backward pass. */
  readonly recomputed?: boolean;
}

/** Steps without an overflow after which the loss scale doubles. */
const doubleAfter = 500;

type BatchSize = Pick<StepOptions, 'batch' | 'length' | 'capacity'>;

export function createRunMemory(half: boolean): RunMemory {
  return {
    counters: { label: 'counters', element: 'u32', length: 4, uniform: true },
    rates: { label: 'rates', element: 'f32', length: 4, uniform: true },
    metrics: { label: 'metrics', element: 'f32', length: metricsSlots * metricsFields },
    control: { label: 'control', element: 'f32', length: 4 },
    ...(half && { scaling: { label: 'loss scaling', element: 'f32', length: 4 } }),
  };
}

function scalingOf({ scaling }: RunMemory): Tensor | undefined {
  return scaling && fixedTensor(scaling, [4]);
}

function createTape({ counters, scaling }: RunMemory): Tape {
  return new Tape(fixedTensor(counters, [4]), scaling ? 'f16' : 'f32');
}

/** Forward and backward per micro-batch, then the gradient norm, clipping, and one AdamW update. */
export function stepProgram(model: Model, memory: RunMemory, options: StepOptions): StepProgram {
  const tape = createTape(memory);
  const batches = Array.from({ length: options.accumulation }, () => batchStorages(model, options));
  for (const [index, batch] of batches.entries()) {
    const { losses } = recordLoss(tape, model, batch, { ...options, scaling: scalingOf(memory) }, true);
    recordMetrics(tape, memory, losses, index > 0);
    tape.backward(losses);
  }
  recordUpdate(tape, model, memory, options.optimizer);
  const inputs = batches.flatMap(storagesOf);
  return { program: compile(tape.calls, { label: 'training step', inputs }), batches };
}

export interface EvaluationProgram {
  readonly program: Program;
  readonly batch: BatchStorages;
  /** f32, of which the first 2 · rows count: weighted loss of each row, and its weight where the guess was right. */
  readonly losses: Storage;
}

/** Loss and accuracy of one batch into slot `counters.z` of a metrics ring of its own. */
export function evaluationProgram(model: Model, memory: RunMemory, size: BatchSize): EvaluationProgram {
  const tape = createTape(memory);
  const batch = batchStorages(model, size);
  const { losses } = recordLoss(tape, model, batch, { ...size, dropout: 0 }, false);
  recordMetrics(tape, memory, losses, false);
  const program = compile(tape.calls, { label: 'evaluation', inputs: storagesOf(batch), keep: [losses] });
  return { program, batch, losses: program.range(losses).storage };
}

export interface PredictionProgram {
  readonly program: Program;
  /** i32 [T] */
  readonly tokens: Storage;
  /** f32 [T, stride]; the first V columns count. */
  readonly logits: Storage;
  readonly stride: number;
}

/** Logits of one window. */
export function predictionProgram(model: Model, memory: RunMemory): PredictionProgram {
  const { context } = model.configuration;
  const tape = createTape(memory);
  const tokens: Storage = { label: 'prompt', element: 'i32', length: context };
  const logits = model.logits(tape, { tokens: fixedTensor(tokens, [1, context]), padded: true }, 0);
  const program = compile(tape.calls, { label: 'prediction', inputs: [tokens], keep: [logits] });
  return { program, tokens, logits: program.range(logits).storage, stride: columnsOf(logits) };
}

function batchStorages(model: Model, { batch, length, capacity }: BatchSize): BatchStorages {
  const { context, vocabulary } = model.configuration;
  const positions = batch * (length ?? context);
  const integers = (label: string, length: number): Storage => ({ label, element: 'i32', length });
  const rows = capacity ?? positions;
  return {
    tokens: integers('tokens', positions),
    targets: integers('targets', rows),
    weights: { label: 'weights', element: 'f32', length: rows },
    chosen: capacity === undefined ? undefined : chosenStorages(integers, rows, positions),
    tokenOrder: integers('token order', positions),
    tokenStarts: integers('token starts', vocabulary + 1),
  };
}

function chosenStorages(integers: (label: string, length: number) => Storage, rows: number, positions: number) {
  return { positions: integers('chosen positions', rows), slots: integers('slots', positions) };
}

function storagesOf({ chosen, ...others }: BatchStorages): Storage[] {
  return [...Object.values(others), ...(chosen ? Object.values(chosen) : [])];
}

interface LossOptions extends BatchSize {
  readonly dropout: number;
  readonly recomputed?: boolean;
  readonly scaling?: Tensor;
}

function recordLoss(
  tape: Tape,
  model: Model,
  storages: BatchStorages,
  { batch, length, dropout, recomputed = false, scaling }: LossOptions,
  gradient: boolean,
): { losses: Tensor } {
  const { context, vocabulary } = model.configuration;
  const steps = length ?? context;
  const positions = batch * steps;
  const inputs = {
    tokens: fixedTensor(storages.tokens, [batch, steps]),
    index: {
      tokenOrder: fixedTensor(storages.tokenOrder, [positions]),
      tokenStarts: fixedTensor(storages.tokenStarts, [vocabulary + 1]),
    },
    chosen: storages.chosen && {
      positions: fixedTensor(storages.chosen.positions, [storages.targets.length]),
      slots: fixedTensor(storages.chosen.slots, [positions]),
    },
    padded: !gradient,
    recomputed,
  };
  const logits = model.logits(tape, inputs, dropout);
  const targets = fixedTensor(storages.targets, [storages.targets.length]);
  const weights = fixedTensor(storages.weights, [storages.weights.length]);
  return { losses: crossEntropy(tape, logits, targets, weights, { vocabulary, gradient, scaling }) };
}

function recordMetrics(tape: Tape, memory: RunMemory, losses: Tensor, accumulate: boolean): void {
  const metrics = fixedTensor(memory.metrics, [metricsSlots, metricsFields]);
  const attributes = { rows: losses.shape[0], accumulate: accumulate ? 1 : 0 };
  tape.call(lossMetrics, attributes, { losses, metrics, counters: tape.counters });
}

function recordUpdate(tape: Tape, model: Model, memory: RunMemory, optimizer: OptimizerConfiguration): void {
  const { arena } = model;
  const flat = (storage: Storage): Tensor => fixedTensor(storage, [arena.length]);
  const { counters } = tape;
  const metrics = fixedTensor(memory.metrics, [metricsSlots, metricsFields]);
  const control = fixedTensor(memory.control, [4]);
  const gradients = flat(arena.gradients);
  const groups = globalNormGroups(arena.length);
  const partials = tape.activation([groups], 'norm partials');
  tape.call(globalNormPartial, { length: arena.length, groups }, { gradients, partials });
  const scaling = scalingOf(memory);
  const guarded = { groups, clip: optimizer.clip, doubleAfter: scaling ? doubleAfter : 0 };
  tape.call(globalNormFinal, guarded, { partials, metrics, control, counters, scaling });
  const { beta1, beta2, epsilon } = optimizer;
  const betas = { beta1, beta2, complement1: 1 - beta1, complement2: 1 - beta2 };
  const copy = scaling && fixedTensor(arena.halves, [arena.decayed]);
  const copied = copy ? arena.decayed : 0;
  const attributes = { length: arena.length, decayed: arena.decayed, copied, ...betas, epsilon };
  const moments = { firstMoment: flat(arena.firstMoment), secondMoment: flat(arena.secondMoment) };
  const rates = fixedTensor(memory.rates, [4]);
  const parameters = flat(arena.parameters);
  tape.call(adamW, attributes, { parameters, gradients, ...moments, control, rates, copy });
}
