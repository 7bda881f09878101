/** BERT's programs: what a step costs, that it creates nothing, and that both backends and two runs agree. */
import { describe, expect, it } from 'vitest';
import { cpuBackend, openTestDevice, sharedGpuBackend } from '../../testing/backends.ts';
import { countCreations } from '../../testing/count-creations.ts';
import { kernelNames } from '../../testing/op-test.ts';
import { loadTiny, planTiny, tinyMaskedBatches, tinyShape, trainTiny } from '../../testing/tiny-gpt.ts';
import { GpuBackend } from '../gpu/gpu-backend.ts';

const shape = { ...tinyShape, family: 'bert' };
/** Of 36 positions, 9 are predicted; three slots stay empty. */
const capacity = 12;

describe('the training program of BERT', () => {
  for (const dropout of [0, 0.1]) {
    for (const layers of [1, 3, 12]) {
      it(`takes 21·L + 25 calls, 27 with dropout (L = ${layers}, dropout ${dropout})`, () => {
        const { program } = planTiny({ shape: { ...shape, layers }, dropout, capacity }).step;
        expect(program.dispatches.length, kernelNames(program).join('\n')).toBe(21 * layers + (dropout ? 27 : 25));
      });
    }
  }

  it('turns queries and keys with two calls a layer more', () => {
    const { program } = planTiny({ shape: { ...shape, layers: 3, positions: 'rotary' }, capacity }).step;
    expect(program.dispatches.length).toBe(23 * 3 + 25);
  });

  it('gives only the chosen positions to the output head', () => {
    const { program } = planTiny({ shape, capacity }).step;
    const rows = program.dispatches.filter(({ kernel }) => kernel.name === 'cross-entropy');
    expect(rows.map(({ attributes }) => attributes.rows)).toEqual([capacity]);
    const wide = program.dispatches.filter(
      ({ attributes }) => attributes.columns === 20 && attributes.rows !== capacity,
    );
    expect(kernelNames({ ...program, dispatches: wide })).toEqual([]);
  });

  it('creates nothing in a steady step, and submits once', async () => {
    const { device } = await openTestDevice();
    const counts = countCreations(device);
    const backend = new GpuBackend(device);
    const plan = planTiny({ shape: { ...shape, positions: 'rotary' }, capacity });
    const session = await loadTiny(backend, plan);
    await session.submitStepAndRead(1, 1, 0.01, tinyMaskedBatches(plan, 1), 1);
    const steady = { ...counts };
    for (let step = 2; step < 12; step++) session.submitStep(step, 1, 0.01, tinyMaskedBatches(plan, step));
    await backend.idle();
    expect({ ...counts }).toEqual({ ...steady, submits: steady.submits + 10 });
    session.destroy();
    backend.destroy();
  });
});

describe('training BERT', () => {
  it('repeats to the last bit with the same seed', async () => {
    const gpu = await sharedGpuBackend();
    const runs = [];
    for (let run = 0; run < 2; run++) {
      const session = await loadTiny(gpu, planTiny({ shape, dropout: 0.1, capacity }));
      runs.push(await trainTiny(session, 15));
      session.destroy();
    }
    expect(runs[1]).toEqual(runs[0]);
  });

  const mixtures = [
    { dropout: 0.2 },
    { accumulation: 2, shape: { ...shape, norm: 'pre', positions: 'sinusoidal' } },
    { shape: { ...shape, family: 'gpt', width: 18, positions: 'rotary', attention: 'bidirectional' } },
  ];
  for (const options of mixtures) {
    it(`gives the same losses on both backends (${JSON.stringify(options)})`, async () => {
      const given = { shape, capacity, ...options };
      const gpuSession = await loadTiny(await sharedGpuBackend(), planTiny(given));
      const [onGpu, onCpu] = [
        await trainTiny(gpuSession, 8),
        await trainTiny(await loadTiny(cpuBackend('f32'), planTiny(given)), 8),
      ];
      onGpu.forEach(({ loss, gradientNorm }, step) => {
        expect(loss / onCpu[step].loss, `loss of step ${step + 1}`).toBeCloseTo(1, 4);
        expect(gradientNorm / onCpu[step].gradientNorm, `norm of step ${step + 1}`).toBeCloseTo(1, 3);
      });
      gpuSession.destroy();
    });
  }
});
