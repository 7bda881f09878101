/** Speed of every kernel at the shapes of a training step, beside the roofline of the same adapter.
 *  JSON lines: the roofline, one line per kernel and shape, a summary. Arguments: S, M, or none for both. */

import type { Roofline } from '../src/contract/speed.ts';
import { GpuBackend } from '../src/engine/gpu/gpu-backend.ts';
import { shapeKey } from '../src/engine/gpu/kernel-choice.ts';
import { tune } from '../src/engine/gpu/tuner.ts';
import type { Dispatch } from '../src/engine/program/program.ts';
import { Scratch } from '../src/engine/program/scratch.ts';
import { measureRoofline } from '../src/engine/speed/roofline.ts';
import { bytesOf, flopsOf } from '../src/engine/speed/work.ts';
import { benchPlan, type ConfigurationName, configurationNames } from './configurations.ts';
import { openBenchDevice } from './open-backend.ts';

function print(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

async function measure(backend: GpuBackend, dispatch: Dispatch): Promise<number> {
  const scratch = new Scratch(backend, dispatch);
  try {
    await scratch.allocate();
    return await scratch.time(backend.kernels.kernelsFor(dispatch)[0], Number.POSITIVE_INFINITY);
  } finally {
    scratch.destroy();
  }
}

async function suite(backend: GpuBackend, adapter: string, configuration: ConfigurationName, roofline: Roofline) {
  const { program } = benchPlan(configuration).step;
  await tune(backend, program, { adapter, budgetMs: Number.POSITIVE_INFINITY });
  const shapes = new Map<string, Dispatch[]>();
  for (const each of program.dispatches) {
    const key = shapeKey(each.kernel, each.attributes);
    const attributes = each.kernel.shapeClass?.(each.attributes) ?? each.attributes;
    shapes.set(key, [...(shapes.get(key) ?? []), { ...each, attributes }]);
  }
  let stepMs = 0;
  const rates: number[] = [];
  for (const [shape, calls] of shapes) {
    const ms = await measure(backend, calls[0]);
    stepMs += ms * calls.length;
    const gflops = flopsOf(calls[0]) / ms / 1e6;
    const gigabytesPerSecond = bytesOf(calls[0]) / ms / 1e6;
    if (calls[0].kernel.name === 'matmul') rates.push(gflops);
    const shares = {
      ofMultiplyAdd: gflops / roofline.multiplyAddGflops,
      ofCopy: gigabytesPerSecond / roofline.copyGigabytesPerSecond,
    };
    const kernel = backend.kernels.kernelsFor(calls[0])[0].name;
    print({ adapter, configuration, shape, kernel, calls: calls.length, ms, gflops, gigabytesPerSecond, ...shares });
  }
  const best = Math.max(...rates);
  const geometricMean = Math.exp(rates.reduce((sum, rate) => sum + Math.log(rate), 0) / rates.length);
  const matmul = { bestMatmulGflops: best, meanMatmulGflops: geometricMean, meanOfBest: geometricMean / best };
  print({ adapter, configuration, sumOfKernelsMs: stepMs, ...matmul });
}

const { device, adapter } = await openBenchDevice();
const backend = new GpuBackend(device);
const roofline = await measureRoofline(backend);
print({ adapter, roofline });
for (const name of configurationNames(process.argv.slice(2))) await suite(backend, adapter, name, roofline);
process.exit(0);
