/** The programs of a run: what they cost, that fusion changes nothing, and that runs repeat to the last bit. */
import { describe, expect, it } from 'vitest';
import { cpuBackend, openTestDevice, sharedGpuBackend } from '../../testing/backends.ts';
import { countCreations } from '../../testing/count-creations.ts';
import { kernelNames } from '../../testing/op-test.ts';
import { loadTiny, planTiny, tinyBatches, tinyShape, trainTiny } from '../../testing/tiny-gpt.ts';
import { GpuBackend } from '../gpu/gpu-backend.ts';
import { programBytes, storageBytes } from '../program/program.ts';

describe('the training program', () => {
  for (const [dropout, depths] of [
    [0, [1, 3, 12]],
    // Each layer has random numbers, and so shaders, of its own.
    [0.1, [1, 2]],
  ] as const) {
    for (const layers of depths) {
      it(`takes 15·L + 10 dispatches for 21·L + 13 calls (L = ${layers}, dropout ${dropout})`, async () => {
        const plan = planTiny({ shape: { ...tinyShape, layers }, dropout });
        const { program } = plan.step;
        expect(program.dispatches.length, kernelNames(program).join('\n')).toBe(21 * layers + 13);
        const session = await loadTiny(await sharedGpuBackend(), plan);
        expect(session.dispatchesPerStep).toBe(15 * layers + 10);
        session.destroy();
      });
    }
  }

  for (const layers of [1, 2, 4, 12]) {
    it(`keeps activations within 1.15 of the liveness lower bound (L = ${layers})`, () => {
      const shape = { ...tinyShape, layers, context: 64, width: 128, heads: 4, vocabulary: 96 };
      const { program } = planTiny({ shape, batch: 12 }).step;
      expect(program.activationBytes / program.activationLowerBoundBytes).toBeLessThanOrEqual(1.15);
    });
  }

  it('allocates exactly the planned bytes, and nothing in a steady step', async () => {
    const { device } = await openTestDevice();
    const counts = countCreations(device);
    const backend = new GpuBackend(device);
    const before = counts.storageBytes;
    const plan = planTiny();
    const session = await loadTiny(backend, plan);
    const padded = (bytes: number) => Math.max(16, Math.ceil(bytes / 16) * 16);
    const programs = [plan.step.program, plan.evaluation.program, plan.prediction.program];
    const storages = new Set(programs.flatMap((program) => [...program.owned, ...program.shared]));
    const planned = [...storages].reduce((sum, storage) => sum + storageBytes(storage), 0);
    expect(plan.bytes).toBe(planned);
    expect(counts.storageBytes - before).toBe([...storages].reduce((sum, each) => sum + padded(storageBytes(each)), 0));
    await session.submitStepAndRead(1, 1, 0.01, tinyBatches(plan, 1), 1);
    const steady = { ...counts };
    for (let step = 2; step < 12; step++) session.submitStep(step, 1, 0.01, tinyBatches(plan, step));
    await backend.idle();
    expect({ ...counts }).toEqual({ ...steady, submits: steady.submits + 10 });
    expect(programBytes(plan.step.program)).toBeLessThan(planned);
    session.destroy();
    backend.destroy();
  });
});

describe('training', () => {
  it('repeats to the last bit with the same seed over 50 steps', async () => {
    const gpu = await sharedGpuBackend();
    const runs = [];
    for (let run = 0; run < 2; run++) {
      const session = await loadTiny(gpu, planTiny({ dropout: 0.1 }));
      runs.push(await trainTiny(session, 50));
      session.destroy();
    }
    expect(runs[1]).toEqual(runs[0]);
    expect(runs[0][49].loss).not.toBe(runs[0][0].loss);
  });

  for (const options of [{}, { dropout: 0.2 }, { accumulation: 3 }, { shape: { ...tinyShape, width: 18, heads: 3 } }]) {
    it(`gives the same losses on both backends (${JSON.stringify(options)})`, async () => {
      const gpuSession = await loadTiny(await sharedGpuBackend(), planTiny(options));
      const cpuSession = await loadTiny(cpuBackend('f32'), planTiny(options));
      const [onGpu, onCpu] = [await trainTiny(gpuSession, 10), await trainTiny(cpuSession, 10)];
      onGpu.forEach(({ loss, gradientNorm }, step) => {
        expect(loss / onCpu[step].loss, `loss of step ${step + 1}`).toBeCloseTo(1, 4);
        expect(gradientNorm / onCpu[step].gradientNorm, `norm of step ${step + 1}`).toBeCloseTo(1, 3);
      });
      gpuSession.destroy();
    });
  }

  for (const options of [{}, { shape: { ...tinyShape, family: 'bert', positions: 'rotary' } }]) {
    it(`computes activations again to the last bit, dropout included (${JSON.stringify(options)})`, async () => {
      for (const backend of [await sharedGpuBackend(), cpuBackend('f64')]) {
        const runs = [];
        for (const recomputed of [false, true]) {
          const session = await loadTiny(backend, planTiny({ ...options, dropout: 0.2, accumulation: 2, recomputed }));
          await trainTiny(session, 3);
          runs.push(await session.readParts('parameters'));
          session.destroy();
        }
        expect(runs[1]).toEqual(runs[0]);
      }
    });
  }

  it('keeps the input of each block only where activations are computed again', () => {
    const shape = { ...tinyShape, layers: 12, context: 64, width: 64, heads: 4 };
    const [kept, again] = [false, true].map((recomputed) => planTiny({ shape, recomputed }).step.program);
    const streamBytes = 12 * 3 * 64 * 64 * 4;
    expect(again.activationBytes).toBeLessThan(kept.activationBytes / 4);
    expect(again.activationBytes).toBeGreaterThan(streamBytes);
    expect(again.activationBytes / again.activationLowerBoundBytes).toBeLessThanOrEqual(1.15);
    // A forward pass of a block more, its last product left out.
    expect(again.dispatches.length).toBe(kept.dispatches.length + 6 * 12);
  });

  it('makes no update once a loss is not finite', async () => {
    for (const backend of [await sharedGpuBackend(), cpuBackend('f32')]) {
      const session = await loadTiny(backend, planTiny());
      await trainTiny(session, 2);
      const before = await session.readParts('parameters');
      const bad = tinyBatches(session.plan, 3);
      bad[0].weights.fill(Number.POSITIVE_INFINITY);
      const [broken] = await session.submitStepAndRead(3, 1, 0.01, bad, 3);
      expect(Number.isFinite(broken.loss)).toBe(false);
      await session.submitStepAndRead(4, 1, 0.01, tinyBatches(session.plan, 4), 4);
      expect(await session.readParts('parameters')).toEqual(before);
      session.clearPoison();
      await session.submitStepAndRead(4, 1, 0.01, tinyBatches(session.plan, 4), 4);
      expect(await session.readParts('parameters')).not.toEqual(before);
      session.destroy();
    }
  });
});
