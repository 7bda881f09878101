/** Speed of every kernel at the shapes of a training step, beside the roofline of the same adapter. Probes, steps, and kernels
 *  take turns; each product, each step, and each other kernel is timed beside a product or the copy kernel, and medians of
 *  the ratios count: whatever the machine does meanwhile slows both.
 *  JSON lines: two products that others publish, then for each configuration the roofline, one line per kernel and shape, a
 *  sum, and the bars of the suite with what was reached. Arguments: S, M, or none for both. */
import type { Roofline } from '../src/contract/speed.ts';
import { GpuBackend } from '../src/engine/gpu/gpu-backend.ts';
import { shapeKey } from '../src/engine/gpu/kernel-choice.ts';
import { tune } from '../src/engine/gpu/tuner.ts';
import type { Kernel } from '../src/engine/kernels/kernel.ts';
import { matmul, plainMatmul } from '../src/engine/kernels/matmul.ts';
import { copyProbe } from '../src/engine/kernels/probes.ts';
import type { Batch } from '../src/engine/objectives/objective.ts';
import type { Dispatch, Program } from '../src/engine/program/program.ts';
import { Scratch } from '../src/engine/program/scratch.ts';
import { bytesOf, flopsOf } from '../src/engine/program/work.ts';
import { measureOnce } from '../src/engine/speed/roofline.ts';
import { Session } from '../src/engine/training/session.ts';
import { benchPlan, type ConfigurationName, configurationNames, optimizer, sizes } from './configurations.ts';
import { inventedTokens } from './invented-tokens.ts';
import { barsOf, type MeasuredShape } from './kernel-bars.ts';
import { median } from './median.ts';
import { openBenchDevice } from './open-backend.ts';
import { nextTokenBatches } from './step-batches.ts';
import { trainSteps } from './train-steps.ts';
import { RelativeTimes, Yardstick } from './yardstick.ts';

const rounds = 11;
/** Kernels are timed in so many shares a round, with steps before each. */
const sharesPerRound = 4;
const stepsPerShare = 3;
/** Elements of four floats that the copy kernel copies: more than a core's own cache. */
const copied = 2 ** 18;
/** A sample repeats a call for about this long: as a step does, it then meets what else the machine does. */
const sampleMs = 20;
const mostCalls = 256;

function print(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** A call of a shape, ready to be timed by itself. */
class TimedCall {
  readonly kernel: Kernel;
  private readonly scratch: Scratch;
  private repeats = 1;

  constructor(
    backend: GpuBackend,
    readonly shape: string,
    readonly calls: readonly Dispatch[],
  ) {
    this.scratch = new Scratch(backend, calls[0]);
    [this.kernel] = backend.kernels.kernelsFor(calls[0]);
  }

  async prepare(): Promise<void> {
    await this.scratch.allocate();
    // With noise there AdamW would do nothing, as after a loss that is not finite.
    this.scratch.clear('control');
    await this.scratch.prepare(this.kernel);
    const ms = await this.scratch.timeAlone(this.kernel);
    this.repeats = Math.max(1, Math.min(mostCalls, Math.round(sampleMs / ms)));
  }

  /** Mean milliseconds of a call, of some in a row. */
  sample(): Promise<number> {
    return this.scratch.timeMean(this.kernel, this.repeats);
  }

  destroy(): void {
    this.scratch.destroy();
  }
}

async function prepareCalls(backend: GpuBackend, program: Program): Promise<TimedCall[]> {
  const timed = [...shapesOf(program)].map(([shape, calls]) => new TimedCall(backend, shape, calls));
  for (const call of timed) await call.prepare();
  return timed;
}

/** The calls of a program by shape class. */
function shapesOf({ dispatches }: Program): Map<string, Dispatch[]> {
  const shapes = new Map<string, Dispatch[]>();
  for (const each of dispatches) {
    const key = shapeKey(each);
    const attributes = each.kernel.shapeClass?.(each.attributes) ?? each.attributes;
    shapes.set(key, [...(shapes.get(key) ?? []), { ...each, attributes }]);
  }
  return shapes;
}

function range(label: string, length: number) {
  return { storage: { label, element: 'f32', length } as const, offset: 0, length };
}

function copy(length: number): Dispatch {
  const ranges = { x: range('x', 4 * length), y: range('y', 4 * length) };
  return { kernel: copyProbe, attributes: { length, rounds: 1 }, ranges, stage: 0 };
}

function product(rows: number, inner: number, columns: number): Dispatch {
  const ranges = {
    a: range('a', rows * inner),
    b: range('b', inner * columns),
    output: range('output', rows * columns),
  };
  return { kernel: matmul as Kernel, attributes: { ...plainMatmul, rows, inner, columns }, ranges, stage: 0 };
}

/** Products whose rates others publish, of the variant that is fastest here. */
async function measureProducts(backend: GpuBackend, adapter: string): Promise<void> {
  const dispatches = [product(768, 128, 512), product(1024, 1024, 1024)];
  const sizes = { owned: [], shared: [], activationBytes: 0, activationLowerBoundBytes: 0 };
  const program = { label: 'products', dispatches, ...sizes };
  await tune(backend, program, { adapter, budgetMs: Number.POSITIVE_INFINITY });
  const timed = await prepareCalls(backend, program);
  const samples = timed.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, call] of timed.entries()) samples[index].push(await call.sample());
  }
  for (const [index, { kernel, calls }] of timed.entries()) {
    const { rows, inner, columns } = calls[0].attributes;
    const ms = median(samples[index]);
    const gflops = flopsOf(calls[0]) / ms / 1e6;
    print({ adapter, product: `${rows}×${inner}×${columns}`, kernel: kernel.name, ms, gflops });
  }
  for (const call of timed) call.destroy();
}

/** Takes a few steps at a time, as the page does. */
class TimedSteps {
  private first = 1;
  private readonly batches: readonly Batch[];

  constructor(
    private readonly session: Session,
    name: ConfigurationName,
  ) {
    const { vocabulary, context, batch } = sizes[name];
    const tokens = inventedTokens(sizes[name], stepsPerShare);
    this.batches = nextTokenBatches(tokens, batch, context, vocabulary).batches;
  }

  /** Milliseconds of each. */
  async sample(): Promise<number[]> {
    const { learningRate } = optimizer;
    const steps = { first: this.first, count: stepsPerShare, batches: this.batches, learningRate, seed: 1 };
    const { stepMs } = await trainSteps(this.session, steps);
    this.first += stepsPerShare;
    // The first one starts on an idle device, where the others find the next one waiting.
    return stepMs.slice(1);
  }
}

function isProduct({ calls }: TimedCall): boolean {
  return calls[0].kernel.name === matmul.name;
}

/** Of several measurements. */
function medianOf(rooflines: readonly Roofline[]): Roofline {
  const of = (key: keyof Roofline) => median(rooflines.map((roofline) => roofline[key] ?? Number.NaN));
  return {
    multiplyAddGflops: of('multiplyAddGflops'),
    copyGigabytesPerSecond: of('copyGigabytesPerSecond'),
    workgroupMemoryGigabytesPerSecond: of('workgroupMemoryGigabytesPerSecond'),
    emptyDispatchMs: of('emptyDispatchMs'),
  };
}

async function suite(backend: GpuBackend, adapter: string, configuration: ConfigurationName) {
  const plan = benchPlan(configuration);
  const { program } = plan.step;
  await tune(backend, program, { adapter, budgetMs: Number.POSITIVE_INFINITY });
  const session = await Session.load(backend, plan, optimizer);
  session.initialize(1);
  const steps = new TimedSteps(session, configuration);
  const timed = await prepareCalls(backend, program);
  // Timed as the kernels are that are compared with it; the probe of the roofline is what the adapter does at best.
  const copyCall = new TimedCall(backend, 'copy', [copy(copied)]);
  await copyCall.prepare();
  const copyTimes = new Yardstick(() => copyCall.sample());
  const products = timed.filter(isProduct).toSorted((one, other) => flopsOf(one.calls[0]) - flopsOf(other.calls[0]));
  // The shortest one.
  const productTimes = new Yardstick(() => products[0].sample());
  const times = timed.map((call) => new RelativeTimes(isProduct(call) ? productTimes : copyTimes));
  const stepTimes = new RelativeTimes(productTimes);
  const rooflines: Roofline[] = [];
  for (let round = 0; round < rounds; round++) {
    rooflines.push(await measureOnce(backend));
    for (let share = 0; share < sharesPerRound; share++) {
      await stepTimes.time(() => steps.sample());
      for (const [index, call] of timed.entries()) {
        if (index % sharesPerRound === share) await times[index].time(() => call.sample());
      }
    }
  }
  const gigabytesPerSecond = (call: TimedCall, ms: number) => bytesOf(call.calls[0]) / ms / 1e6;
  const roofline = {
    ...medianOf(rooflines),
    copyGigabytesPerSecond: gigabytesPerSecond(copyCall, copyTimes.medianMs),
  };
  print({ adapter, configuration, roofline });
  let sumOfKernelsMs = 0;
  const measured: MeasuredShape[] = [];
  for (const [index, call] of timed.entries()) {
    const { shape, kernel, calls } = call;
    const ms = times[index].medianMs;
    sumOfKernelsMs += ms * calls.length;
    const flops = flopsOf(calls[0]);
    const rates = { gflops: flops / ms / 1e6, gigabytesPerSecond: gigabytesPerSecond(call, ms) };
    measured.push({ kernel: calls[0].kernel.name, calls: calls.length, flops, ...rates });
    const shares = {
      ofMultiplyAdd: rates.gflops / roofline.multiplyAddGflops,
      ofCopy: rates.gigabytesPerSecond / roofline.copyGigabytesPerSecond,
    };
    print({ adapter, configuration, shape, kernel: kernel.name, calls: calls.length, ms, ...rates, ...shares });
  }
  const stepMs = stepTimes.medianMs;
  print({ adapter, configuration, stepMs, sumOfKernelsMs });
  for (const bar of barsOf(measured, roofline, stepMs)) print({ adapter, configuration, ...bar });
  for (const call of [copyCall, ...timed]) call.destroy();
  session.destroy();
}

const { device, adapter } = await openBenchDevice();
const backend = new GpuBackend(device);
await measureProducts(backend, adapter);
for (const name of configurationNames(process.argv.slice(2))) await suite(backend, adapter, name);
process.exit(0);
