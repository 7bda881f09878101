/** Trains a GPT or a BERT in Node on given weights and tokens, and prints what a step costs as one JSON line. */
import { readFileSync, writeFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { GpuBackend } from '../src/engine/gpu/gpu-backend.ts';
import { families } from '../src/engine/models/index.ts';
import { find } from '../src/engine/training/catalog.ts';
import { planSession, Session } from '../src/engine/training/session.ts';
import { readWeights, weightFormat, writeWeights } from '../src/engine/training/weight-files.ts';
import type { Creations } from '../src/testing/count-creations.ts';
import { median } from './median.ts';
import { openBackend } from './open-backend.ts';
import { runMain } from './run-main.ts';
import { parseStepArguments, type StepArguments } from './step-arguments.ts';
import { trainSteps } from './train-steps.ts';

const encodeSamples = 200;
const samplesPerPause = 10;
const fewestEncodeSamples = 5;
const encodeBudgetMs = 5000;

setFlagsFromString('--expose-gc');
const collectGarbage: unknown = runInNewContext('gc');

/** Bytes of JavaScript objects that are still in use. */
function heapBytes(): number {
  if (typeof collectGarbage === 'function') collectGarbage();
  return process.memoryUsage().heapUsed;
}

/** How much longer a step takes in the last quarter of a run than in the first, as a share: medians of both. */
function driftOf(stepMs: readonly number[]): number {
  const quarter = Math.max(1, stepMs.length >> 2);
  return median(stepMs.slice(-quarter)) / median(stepMs.slice(0, quarter)) - 1;
}

/** Milliseconds of JavaScript that a step's commands take, from the encoder to the command buffer. The device gets none of
 *  them: what a driver does with them is not JavaScript, and a software adapter would compute on the cores that JavaScript
 *  needs. On the CPU the step itself is the JavaScript. The learning rate is 0, so the weights stay. */
async function measureEncode(session: Session, { batches, seed, steps }: StepArguments): Promise<number[]> {
  const { backend } = session;
  await backend.idle();
  const encodeMs: number[] = [];
  let startMs = 0;
  if (backend instanceof GpuBackend) {
    const { device } = backend;
    const create = device.createCommandEncoder.bind(device);
    device.createCommandEncoder = (descriptor) => {
      startMs = performance.now();
      return create(descriptor);
    };
    device.queue.submit = () => undefined;
  }
  const endMs = performance.now() + encodeBudgetMs;
  for (let step = steps + 1; step <= steps + encodeSamples; step++) {
    startMs = performance.now();
    session.submitStep(step, seed, 0, [batches[step % batches.length]]);
    encodeMs.push(performance.now() - startMs);
    if (step % samplesPerPause === 0) await backend.idle();
    if (encodeMs.length >= fewestEncodeSamples && performance.now() > endMs) break;
  }
  return encodeMs;
}

async function main(): Promise<void> {
  const args = parseStepArguments(process.argv.slice(2));
  const { model: sizes, batch, optimizer } = args.configuration;
  const { vocab, ...shape } = sizes;
  const model = find(families, shape.family).build({ vocabulary: vocab, ...shape });
  const format = weightFormat(shape.family);
  const { backend, adapter, creations } = await openBackend(args);
  const half = args.precision === 'half';
  if (half) await backend.checkHalf();
  if (half && backend.halfRefusal) throw new Error(`no half precision here: ${backend.halfRefusal}`);
  const plan = planSession(model, { batch, accumulation: 1, dropout: 0, optimizer, capacity: args.capacity, half });
  const tuneStartMs = performance.now();
  await backend.tune?.(plan.step.program);
  const tuneMs = performance.now() - tuneStartMs;
  const session = await Session.load(backend, plan, optimizer);
  if (args.weights) {
    session.writeWeights(readWeights(new Uint8Array(readFileSync(args.weights)), model.arena.parts, format));
  } else session.initialize(args.seed);
  // Reading once creates the staging buffer that later readings use again.
  await backend.read(plan.memory.metrics);
  const before = { ...creations };
  const heapBefore = heapBytes();
  const { batches, seed, steps } = args;
  const { learningRate } = optimizer;
  const { metrics, stepMs } = await trainSteps(session, { first: 1, count: steps, batches, learningRate, seed });
  const after = { ...creations };
  const heapGrowthBytes = heapBytes() - heapBefore;
  const perStep = (kind: keyof Creations) => (after[kind] - before[kind]) / args.steps;
  const steady = stepMs.slice(Math.min(3, stepMs.length - 1));
  const { program } = plan.step;
  if (args.save) {
    const parts = await session.readParts('parameters');
    writeFileSync(args.save, new Uint8Array(writeWeights(model.arena.parts, parts, format)));
  }
  const encodeMs = await measureEncode(session, args);
  const report = {
    adapter,
    precision: args.precision,
    model: sizes,
    batch,
    losses: metrics.map(({ loss }) => loss),
    msPerStepMedian: median(steady),
    msPerStepDrift: driftOf(steady),
    heapGrowthBytes,
    tokensPerSecond: (batch * sizes.context * 1000) / median(steady),
    dispatchesPerStep: session.dispatchesPerStep,
    submitsPerStep: perStep('submits'),
    buffersCreatedPerStep: perStep('buffers'),
    bindGroupsCreatedPerStep: perStep('bindGroups'),
    pipelinesCreatedPerStep: perStep('pipelines'),
    tuneMs,
    encodeMsMedian: median(encodeMs),
    peakBytes: plan.bytes,
    activationBytes: program.activationBytes,
    activationLowerBoundBytes: program.activationLowerBoundBytes,
  };
  process.stdout.write(`${JSON.stringify(report)}\n`);
  session.destroy();
  backend.destroy();
}

runMain(main);
