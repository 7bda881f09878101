/** Compares the tuner's picks, made under its budget, with the best of all variants timed without haste. The least of many
 *  uncertain times is likely too low, so a pick and the best that differ are timed once more, by themselves.
 *  JSON lines: one per shape class, then a summary. Arguments: S, M, or none for both. */
import { GpuBackend } from '../src/engine/gpu/gpu-backend.ts';
import { shapeKey } from '../src/engine/gpu/kernel-choice.ts';
import { type Pick, tune, tuningBudgetMs } from '../src/engine/gpu/tuner.ts';
import { fittingKernels } from '../src/engine/kernels/kernel.ts';
import type { Program } from '../src/engine/program/program.ts';
import { Scratch } from '../src/engine/program/scratch.ts';
import { benchPlan, configurationNames } from './configurations.ts';
import { openBenchDevice } from './open-backend.ts';

function print(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

const rounds = 24;

/** How many times as long as by the second of two kernels, by name, a call of a shape class takes by the first. */
async function duel(backend: GpuBackend, program: Program, shape: string, names: readonly string[]): Promise<number> {
  const dispatch = program.dispatches.find((each) => shapeKey(each) === shape);
  if (!dispatch) throw new Error(`no call of ${shape}`);
  const all = fittingKernels(dispatch.kernel, dispatch.attributes, backend.kernels.traits);
  const kernels = names.flatMap((name) => all.find((kernel) => kernel.name === name) ?? []);
  const scratch = new Scratch(backend, dispatch);
  try {
    await scratch.allocate();
    for (const kernel of kernels) await scratch.prepare(kernel);
    const [first, second] = await scratch.timeInTurns(kernels, undefined, rounds);
    return first / second;
  } finally {
    scratch.destroy();
  }
}

async function compare(backend: GpuBackend, program: Program, pick: Pick, exhaustive: Pick): Promise<number> {
  const { shape, kernels, origin } = pick;
  const [best] = exhaustive.candidates;
  const ratio = kernels[0] === best.kernel ? 1 : await duel(backend, program, shape, [kernels[0], best.kernel]);
  print({ shape, pick: kernels[0], origin, best: best.kernel, ratio, candidates: exhaustive.candidates });
  return ratio;
}

const { device, adapter } = await openBenchDevice();
for (const configuration of configurationNames(process.argv.slice(2))) {
  const { program } = benchPlan(configuration).step;
  const startMs = performance.now();
  const hurried = await tune(new GpuBackend(device), program, { adapter, budgetMs: tuningBudgetMs });
  const tuneMs = performance.now() - startMs;
  const backend = new GpuBackend(device);
  const thorough = await tune(backend, program, {
    adapter,
    budgetMs: Number.POSITIVE_INFINITY,
    exhaustive: true,
  });
  const ratios: number[] = [];
  for (const exhaustive of thorough) {
    const pick = hurried.find((each) => each.shape === exhaustive.shape);
    if (pick) ratios.push(await compare(backend, program, pick, exhaustive));
  }
  const within = ratios.filter((ratio) => ratio <= 1.1).length;
  print({ adapter, configuration, tuneMs, shapes: ratios.length, within10Percent: within, worst: Math.max(...ratios) });
}
process.exit(0);
