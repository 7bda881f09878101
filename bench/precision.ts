/** Half against single precision: the loss of a small GPT on a text at equal seeds, and what a step of each moves and keeps. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { GpuBackend } from '../src/engine/gpu/gpu-backend.ts';
import { bytesOf } from '../src/engine/program/work.ts';
import { lossCurve, smallRun, windowMeans } from '../src/testing/loss-curve.ts';
import { preferReferences } from '../src/testing/reference-kernels.ts';
import { openBenchDevice } from './open-backend.ts';
import { runMain } from './run-main.ts';

const usage = `usage: npm run bench:precision -- --text public/corpora/moby-dick.txt [--steps 500] [--window 20]
  On a machine whose graphics card has no f16, lavapipe has: VK_ICD_FILENAMES=/usr/share/vulkan/icd.d/lvp_icd.json`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      text: { type: 'string' },
      steps: { type: 'string', default: '500' },
      window: { type: 'string', default: '20' },
    },
  });
  if (!values.text) throw new Error(usage);
  const text = readFileSync(values.text, 'utf8');
  const { device, adapter } = await openBenchDevice();
  const backend = new GpuBackend(device);
  const configuration = smallRun(Number(values.steps));
  const costs: Record<string, object> = {};
  const curves: Record<string, number[]> = {};
  const skipped: Record<string, number | undefined> = {};
  for (const precision of ['single', 'half']) {
    const training = { ...configuration.training, precision };
    const points = await lossCurve(backend, { ...configuration, training }, text, (plan) => {
      preferReferences(backend, plan);
      const { program } = plan.step;
      const { activationBytes } = program;
      const trafficBytes = program.dispatches.reduce((sum, call) => sum + bytesOf(call), 0);
      costs[precision] = { activationBytes, bytes: plan.bytes, trafficBytes };
    });
    curves[precision] = windowMeans(points, Number(values.window));
    skipped[precision] = points.at(-1)?.scaling?.skippedSteps;
  }
  const ratios = curves.half.map((loss, index) => loss / curves.single[index]);
  const largestDifference = Math.max(...ratios.map((ratio) => Math.abs(ratio - 1)));
  const report = { adapter, costs, ...curves, skippedSteps: skipped.half, largestDifference };
  process.stdout.write(`${JSON.stringify(report)}\n`);
  backend.destroy();
}

runMain(main);
