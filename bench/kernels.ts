/** Speed of every kernel at the shapes of a training step, beside the roofline of the same adapter.
 *  JSON lines: the roofline, two products that others publish, one line per kernel and shape, a sum, and the bars of the suite
 *  with what was reached. Arguments: S, M, or none for both. */
import type { Roofline } from '../src/contract/speed.ts';
import { GpuBackend } from '../src/engine/gpu/gpu-backend.ts';
import { shapeKey } from '../src/engine/gpu/kernel-choice.ts';
import { tune } from '../src/engine/gpu/tuner.ts';
import type { Kernel } from '../src/engine/kernels/kernel.ts';
import { matmul, plainMatmul } from '../src/engine/kernels/matmul.ts';
import type { Dispatch, Program } from '../src/engine/program/program.ts';
import { Scratch } from '../src/engine/program/scratch.ts';
import { bytesOf, flopsOf } from '../src/engine/program/work.ts';
import { measureRoofline } from '../src/engine/speed/roofline.ts';
import { Session, type SessionPlan } from '../src/engine/training/session.ts';
import { benchPlan, type ConfigurationName, configurationNames, optimizer, sizes } from './configurations.ts';
import { inventedTokens } from './invented-tokens.ts';
import { barsOf, type MeasuredShape } from './kernel-bars.ts';
import { median } from './median.ts';
import { openBenchDevice } from './open-backend.ts';
import { nextTokenBatches } from './step-batches.ts';
import { trainSteps } from './train-steps.ts';

/** All shapes are measured in turn, this many times; the least counts. */
const rounds = 3;
const steps = 12;

function print(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

async function measure(backend: GpuBackend, dispatch: Dispatch): Promise<number> {
  const scratch = new Scratch(backend, dispatch);
  try {
    await scratch.allocate();
    // With noise there AdamW would do nothing, as after a loss that is not finite.
    scratch.clear('control');
    const [kernel] = backend.kernels.kernelsFor(dispatch);
    await scratch.prepare(kernel);
    const [ms] = await scratch.timeInTurns([kernel]);
    return ms;
  } finally {
    scratch.destroy();
  }
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

/** Least milliseconds of a call, by shape. */
async function measureAll(backend: GpuBackend, shapes: ReadonlyMap<string, Dispatch[]>): Promise<Map<string, number>> {
  const least = new Map<string, number>();
  for (let round = 0; round < rounds; round++) {
    for (const [shape, [call]] of shapes) {
      least.set(shape, Math.min(least.get(shape) ?? Number.POSITIVE_INFINITY, await measure(backend, call)));
    }
  }
  return least;
}

function product(rows: number, inner: number, columns: number): Dispatch {
  const range = (label: string, length: number) => ({
    storage: { label, element: 'f32', length } as const,
    offset: 0,
    length,
  });
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
  const least = await measureAll(backend, shapesOf(program));
  for (const [shape, [call]] of shapesOf(program)) {
    const { rows, inner, columns } = call.attributes;
    const ms = least.get(shape) ?? Number.NaN;
    const kernel = backend.kernels.kernelsFor(call)[0].name;
    print({
      adapter,
      product: `${rows}×${inner}×${columns}`,
      kernel,
      ms,
      gflops: (rows * inner * columns * 2) / ms / 1e6,
    });
  }
}

/** Median of a training step. */
async function measureStep(backend: GpuBackend, plan: SessionPlan, name: ConfigurationName): Promise<number> {
  const { vocabulary, context, batch } = sizes[name];
  const { batches } = nextTokenBatches(inventedTokens(sizes[name], steps), batch, context, vocabulary);
  const session = await Session.load(backend, plan, optimizer);
  session.initialize(1);
  const { learningRate } = optimizer;
  const { stepMs } = await trainSteps(session, { first: 1, count: steps, batches, learningRate, seed: 1 });
  session.destroy();
  return median(stepMs.slice(2));
}

async function suite(backend: GpuBackend, adapter: string, configuration: ConfigurationName, roofline: Roofline) {
  const plan = benchPlan(configuration);
  const { program } = plan.step;
  await tune(backend, program, { adapter, budgetMs: Number.POSITIVE_INFINITY });
  const stepMs = await measureStep(backend, plan, configuration);
  const shapes = shapesOf(program);
  const least = await measureAll(backend, shapes);
  let sumOfKernelsMs = 0;
  const measured: MeasuredShape[] = [];
  for (const [shape, { length: calls, 0: call }] of shapes) {
    const ms = least.get(shape) ?? Number.NaN;
    sumOfKernelsMs += ms * calls;
    const flops = flopsOf(call);
    const rates = { gflops: flops / ms / 1e6, gigabytesPerSecond: bytesOf(call) / ms / 1e6 };
    measured.push({ kernel: call.kernel.name, calls, flops, ...rates });
    const shares = {
      ofMultiplyAdd: rates.gflops / roofline.multiplyAddGflops,
      ofCopy: rates.gigabytesPerSecond / roofline.copyGigabytesPerSecond,
    };
    const kernel = backend.kernels.kernelsFor(call)[0].name;
    print({ adapter, configuration, shape, kernel, calls, ms, ...rates, ...shares });
  }
  print({ adapter, configuration, stepMs, sumOfKernelsMs });
  for (const bar of barsOf(measured, roofline, stepMs)) print({ adapter, configuration, ...bar });
}

const { device, adapter } = await openBenchDevice();
const backend = new GpuBackend(device);
const roofline = await measureRoofline(backend);
print({ adapter, roofline });
await measureProducts(backend, adapter);
for (const name of configurationNames(process.argv.slice(2))) await suite(backend, adapter, name, roofline);
process.exit(0);
