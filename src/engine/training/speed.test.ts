/** Measuring speed: it adds up to the program that runs, and training does not notice it. */
import { describe, expect, it } from 'vitest';
import { cpuBackend, openTestDevice, sharedGpuBackend, wasmBackend } from '../../testing/backends.ts';
import { openStudio } from '../../testing/open-studio.ts';
import { ownSource } from '../../testing/own-source.ts';
import { loadTiny, planTiny, tinyBatches, tinyShape, trainTiny } from '../../testing/tiny-gpt.ts';
import { GpuBackend } from '../gpu/gpu-backend.ts';
import type { Backend } from '../program/program.ts';
import { bytesOf } from '../program/work.ts';
import { modelFlops } from '../speed/families.ts';
import { stepFlops } from './prepare.ts';
import { measureSpeed } from './speed.ts';

let plain: Promise<Backend> | undefined;

/** Without subgroups, and without timestamp queries. */
function plainGpu(): Promise<Backend> {
  plain ??= openTestDevice().then(({ device }) => {
    Object.defineProperty(device, 'features', { value: new Set() });
    return new GpuBackend(device);
  });
  return plain;
}

const backends = [
  { name: 'a GPU', clock: 'timestamps', open: sharedGpuBackend, dropout: 0 },
  { name: 'a GPU without timestamps', clock: 'repeats', open: plainGpu, dropout: 0 },
  { name: 'WebAssembly', clock: 'calls', open: () => wasmBackend('WebAssembly relaxed SIMD, 2 threads'), dropout: 0.1 },
  { name: 'JavaScript', clock: 'calls', open: async () => cpuBackend('f32'), dropout: 0.1 },
] as const;

/** Weights are updated by the gradients of two micro-batches. */
const accumulation = 2;
const { layers } = tinyShape;

async function trainedValues(backend: Backend, dropout: number, isMeasured: boolean) {
  const plan = planTiny({ accumulation, dropout });
  const session = await loadTiny(backend, plan);
  const first = await trainTiny(session, 2);
  if (isMeasured) await measureSpeed(session, tinyBatches(plan, 9));
  const second = await trainTiny(session, 3);
  const values = await session.readValues();
  session.destroy();
  return { first, second, values };
}

describe.each(backends)('measured on $name', ({ clock, open, dropout }) => {
  it('leaves losses, weights, moments and control words as they would be, to the last bit', async () => {
    const backend = await open();
    expect(await trainedValues(backend, dropout, true)).toEqual(await trainedValues(backend, dropout, false));
  });

  it('counts every call of the program once, and every operation', async () => {
    const plan = planTiny({ accumulation, dropout });
    const session = await loadTiny(await open(), plan);
    const report = await measureSpeed(session, tinyBatches(plan, 1));
    const sum = (of: (each: (typeof report.kernels)[number]) => number) =>
      report.kernels.reduce((total, each) => total + of(each), 0);
    const { dispatches } = plan.step.program;
    expect(report.clock).toBe(clock);
    expect(sum(({ calls }) => calls)).toBe(dispatches.length);
    expect(sum(({ flops }) => flops)).toBe(stepFlops(plan));
    expect(sum(({ bytes }) => bytes)).toBe(dispatches.reduce((total, each) => total + bytesOf(each), 0));
    const picked = sum(({ picks }) => picks.reduce((total, { calls }) => total + calls, 0));
    expect(picked).toBe(clock === 'calls' ? 0 : dispatches.length);
    for (const { ms } of report.kernels) expect(ms).toBeGreaterThanOrEqual(0);
    expect(sum(({ ms }) => ms)).toBeGreaterThan(0);
    expect(report.roofline.multiplyAddGflops).toBeGreaterThan(0);
    expect(report.roofline.copyGigabytesPerSecond).toBeGreaterThan(0);
    const callsOf = (family: string) => report.kernels.find((each) => each.family === family)?.calls;
    // Of each micro-batch: four products a layer, the output head, and two products of gradients for each.
    expect(callsOf('matmulForward')).toBe(2 * (4 * layers + 1));
    expect(callsOf('matmulBackward')).toBe(4 * (4 * layers + 1));
    expect(callsOf('attentionForward')).toBe(2 * layers);
    expect(callsOf('adamW')).toBe(1);
    session.destroy();
  });
});

describe('operations that the model needs', () => {
  it('are three times those of the forward pass, whatever is computed again', () => {
    const { program } = planTiny().step;
    const matmuls = program.dispatches.filter(({ kernel }) => kernel.name === 'matmul');
    const attention = program.dispatches.filter(({ kernel }) => kernel.name === 'attention');
    const flops = (calls: typeof matmuls) =>
      calls.reduce((sum, { kernel, attributes }) => sum + (kernel.flops?.(attributes) ?? 0), 0);
    // The products of gradients are twice those of the forward pass already.
    expect(modelFlops(program)).toBe(flops(matmuls) + 3 * flops(attention));
    expect(modelFlops(planTiny({ recomputed: true }).step.program)).toBe(modelFlops(program));
    expect(modelFlops(planTiny({ accumulation: 3 }).step.program)).toBe(3 * modelFlops(program));
  });
});

describe('the command', () => {
  const text = ownSource('the cat sat on the mat. the dog sat on the log. '.repeat(40));

  async function weightsAfterTraining(isMeasured: boolean) {
    const { studio, small, all, last, finished } = await openStudio();
    await studio.handle({ type: 'configure', configuration: small, text });
    await studio.handle({ type: 'train' });
    if (isMeasured) await studio.handle({ type: 'profile' });
    expect(all('profiled')).toHaveLength(isMeasured ? 1 : 0);
    await finished();
    await studio.handle({ type: 'save' });
    return { status: last('status'), weights: new Uint8Array(last('weights').file) };
  }

  it('is answered in the midst of training, which then goes on to the same weights', async () => {
    const measured = await weightsAfterTraining(true);
    expect(measured.status).toEqual({ type: 'status', status: 'finished', step: 60 });
    expect(measured).toEqual(await weightsAfterTraining(false));
  });

  it('leaves a paused run paused', async () => {
    const { studio, small, all, last } = await openStudio();
    await studio.handle({ type: 'configure', configuration: small, text });
    await studio.handle({ type: 'step' });
    await studio.handle({ type: 'profile' });
    expect(all('profiled')).toHaveLength(1);
    expect(last('status')).toMatchObject({ status: 'paused', step: 1 });
  });
});
