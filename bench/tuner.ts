/** Compares the tuner's picks, made under its budget, with the best of all variants timed without haste.
 *  JSON lines: one per shape class, then a summary. Arguments: S, M, or none for both. */
import { GpuBackend } from '../src/engine/gpu/gpu-backend.ts';
import { type Pick, tune, tuningBudgetMs } from '../src/engine/gpu/tuner.ts';
import { benchPlan, configurationNames } from './configurations.ts';
import { openBenchDevice } from './open-backend.ts';

function print(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function compare(adapter: string, configuration: string, pick: Pick, exhaustive: Pick): number {
  const [best] = exhaustive.candidates;
  const picked = exhaustive.candidates.find((each) => each.kernel === pick.kernels[0]);
  const ratio = (picked?.ms ?? Number.NaN) / best.ms;
  const { shape, kernels, origin } = pick;
  print({
    adapter,
    configuration,
    shape,
    pick: kernels[0],
    origin,
    best: best.kernel,
    ratio,
    candidates: exhaustive.candidates,
  });
  return ratio;
}

const { device, adapter } = await openBenchDevice();
for (const configuration of configurationNames(process.argv.slice(2))) {
  const { program } = benchPlan(configuration).step;
  const startMs = performance.now();
  const hurried = await tune(new GpuBackend(device), program, { adapter, budgetMs: tuningBudgetMs });
  const tuneMs = performance.now() - startMs;
  const thorough = await tune(new GpuBackend(device), program, {
    adapter,
    budgetMs: Number.POSITIVE_INFINITY,
    exhaustive: true,
  });
  const ratios = thorough.flatMap((exhaustive) => {
    const pick = hurried.find((each) => each.shape === exhaustive.shape);
    return pick ? [compare(adapter, configuration, pick, exhaustive)] : [];
  });
  const within = ratios.filter((ratio) => ratio <= 1.1).length;
  print({ adapter, configuration, tuneMs, shapes: ratios.length, within10Percent: within, worst: Math.max(...ratios) });
}
process.exit(0);
