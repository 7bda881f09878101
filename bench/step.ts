/** Trains a GPT in Node on given weights and tokens, and prints what a step costs as one JSON line. */
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { create, globals } from 'webgpu';
import { CpuBackend } from '../src/engine/cpu/cpu-backend.ts';
import { WasmEngine } from '../src/engine/cpu/wasm-engine.ts';
import { openDevice } from '../src/engine/gpu/device.ts';
import { GpuBackend } from '../src/engine/gpu/gpu-backend.ts';
import { gpt } from '../src/engine/models/gpt.ts';
import type { Batch } from '../src/engine/objectives/objective.ts';
import type { Backend } from '../src/engine/program/program.ts';
import { readGptWeights, writeGptWeights } from '../src/engine/training/gpt-weights.ts';
import { longestUnreadRun, planSession, Session, type StepMetrics } from '../src/engine/training/session.ts';
import { type Creations, countCreations } from '../src/testing/count-creations.ts';
import { parseStepArguments, type StepArguments } from './step-arguments.ts';

const stepsInFlight = 2;

/** Kept for as long as the process lives: a collected GPU object takes its device with it. */
let gpu: GPU | undefined;

interface OpenBackend {
  readonly backend: Backend;
  readonly adapter: string;
  /** Counts from now on; zero on the CPU, which has nothing to create. */
  readonly creations: Creations;
}

async function openBackend({ backend: kind, threads }: StepArguments): Promise<OpenBackend> {
  if (kind === 'cpu') return openCpu(threads ?? availableParallelism());
  Object.assign(globalThis, globals);
  gpu = create([]);
  const opened = await openDevice(gpu);
  if (typeof opened === 'string') throw new Error(`no WebGPU device (${opened}); try --backend cpu`);
  const creations = countCreations(opened.device);
  const adapter = opened.software ? `${opened.adapter} (software)` : opened.adapter;
  return { backend: new GpuBackend(opened.device), adapter, creations };
}

async function openCpu(threads: number): Promise<OpenBackend> {
  const wasm = threads > 0 ? await WasmEngine.open({ threads }) : undefined;
  const adapter = `cpu (${wasm?.description ?? 'TypeScript'})`;
  return { backend: new CpuBackend('f32', wasm), adapter, creations: new CountedNothing() };
}

class CountedNothing implements Creations {
  readonly buffers = 0;
  readonly bindGroups = 0;
  readonly pipelines = 0;
  readonly submits = 0;
  readonly storageBytes = 0;
}

/** Splits [batches, batch, context+1] into inputs and the targets one to the right. */
function batchAt(tokens: Int32Array, index: number, batch: number, context: number): Batch {
  const window = context + 1;
  const start = index * batch * window;
  const positions = batch * context;
  const result = {
    tokens: new Int32Array(positions),
    targets: new Int32Array(positions),
    weights: new Float32Array(positions).fill(1 / positions),
  };
  for (let row = 0; row < batch; row++) {
    const from = start + row * window;
    result.tokens.set(tokens.subarray(from, from + context), row * context);
    result.targets.set(tokens.subarray(from + 1, from + window), row * context);
  }
  return result;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

interface Measured {
  readonly metrics: StepMetrics[];
  readonly stepMs: number[];
  readonly encodeMs: number[];
}

/** Steps with at most two in flight; metrics are read only when the ring would overflow. */
async function trainSteps(session: Session, args: StepArguments, batches: readonly Batch[]): Promise<Measured> {
  const { learningRate } = args.configuration.optimizer;
  const measured: Measured = { metrics: [], stepMs: [], encodeMs: [] };
  const inFlight: Promise<void>[] = [];
  let since = 1;
  let lastMs = performance.now();
  const finished = () => {
    const nowMs = performance.now();
    measured.stepMs.push(nowMs - lastMs);
    lastMs = nowMs;
  };
  for (let step = 1; step <= args.steps; step++) {
    const batch = [batches[(step - 1) % batches.length]];
    if (step === args.steps || step - since + 1 >= longestUnreadRun) {
      measured.metrics.push(...(await session.submitStepAndRead(step, args.seed, learningRate, batch, since)));
      inFlight.length = 0;
      since = step + 1;
      finished();
      continue;
    }
    const startMs = performance.now();
    session.submitStep(step, args.seed, learningRate, batch);
    measured.encodeMs.push(performance.now() - startMs);
    inFlight.push(session.backend.idle().then(finished));
    if (inFlight.length >= stepsInFlight) await inFlight.shift();
  }
  return measured;
}

async function main(): Promise<void> {
  const args = parseStepArguments(process.argv.slice(2));
  const { model: sizes, batch, optimizer } = args.configuration;
  const { vocab, ...shape } = sizes;
  const model = gpt.build({ family: 'gpt', vocabulary: vocab, ...shape });
  const { backend, adapter, creations } = await openBackend(args);
  const plan = planSession(model, { batch, accumulation: 1, dropout: 0, optimizer });
  const session = await Session.load(backend, plan, optimizer);
  if (args.weights) session.writeWeights(readGptWeights(new Uint8Array(readFileSync(args.weights)), model.arena.parts));
  else session.initialize(args.seed);
  const count = args.tokens.length / (batch * (sizes.context + 1));
  const batches = Array.from({ length: count }, (_, index) => batchAt(args.tokens, index, batch, sizes.context));
  // Reading once creates the staging buffer that later readings use again.
  await backend.read(plan.memory.metrics);
  const before = { ...creations };
  const { metrics, stepMs, encodeMs } = await trainSteps(session, args, batches);
  const after = { ...creations };
  const perStep = (kind: keyof Creations) => (after[kind] - before[kind]) / args.steps;
  const steady = stepMs.slice(Math.min(3, stepMs.length - 1));
  const { program } = plan.step;
  if (args.save) {
    const parts = await session.readParts('parameters');
    writeFileSync(args.save, new Uint8Array(writeGptWeights(model.arena.parts, parts)));
  }
  const report = {
    adapter,
    losses: metrics.map(({ loss }) => loss),
    msPerStepMedian: median(steady),
    tokensPerSecond: (batch * sizes.context * 1000) / median(steady),
    dispatchesPerStep: program.dispatches.length,
    submitsPerStep: perStep('submits'),
    buffersCreatedPerStep: perStep('buffers'),
    bindGroupsCreatedPerStep: perStep('bindGroups'),
    pipelinesCreatedPerStep: perStep('pipelines'),
    encodeMsMedian: encodeMs.length > 0 ? median(encodeMs) : null,
    peakBytes: plan.bytes,
    activationBytes: program.activationBytes,
    activationLowerBoundBytes: program.activationLowerBoundBytes,
  };
  process.stdout.write(`${JSON.stringify(report)}\n`);
  session.destroy();
  backend.destroy();
}

main().then(
  () => process.exit(0),
  (error) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
