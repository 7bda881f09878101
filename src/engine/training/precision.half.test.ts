/** Training in half precision: what it costs, that it follows single precision, and that the loss scale does its part. */
import { describe, expect, it } from 'vitest';
import { cpuBackend, openTestDevice } from '../../testing/backends.ts';
import { countCreations } from '../../testing/count-creations.ts';
import { largestDifference } from '../../testing/numbers.ts';
import { preferReferences } from '../../testing/reference-kernels.ts';
import { loadTiny, planTiny, type TinyOptions, tinyBatches, tinyShape, trainTiny } from '../../testing/tiny-gpt.ts';
import { GpuBackend } from '../gpu/gpu-backend.ts';
import type { Batch } from '../objectives/objective.ts';
import type { Session, SessionPlan } from './session.ts';

const { device } = await openTestDevice();
const counts = countCreations(device);
const gpu = new GpuBackend(device);

async function openHalf(options: TinyOptions = {}): Promise<Session> {
  const plan = planTiny({ ...options, half: true });
  preferReferences(gpu, plan);
  return loadTiny(gpu, plan);
}

/** A batch whose loss, and so its gradients, are `factor` times what they usually are. */
function weighted(plan: SessionPlan, factor: number): Batch[] {
  return tinyBatches(plan, 1).map((batch) => ({ ...batch, weights: batch.weights.map((weight) => weight * factor) }));
}

/** All gradients of one batch, relative to the largest; with another loss scale than the session's own where it is given. */
async function gradientsOf(session: Session, factor: number, lossScale?: number): Promise<number[]> {
  const { scaling } = session.plan.memory;
  if (scaling && lossScale) session.backend.write(scaling, Float32Array.of(lossScale, 0, 0, 0));
  const [{ lossScale: used }] = await session.submitStepAndRead(1, 1, 0, weighted(session.plan, factor), 1);
  const parts = [...(await session.readParts('gradients')).values()].flatMap((values) => [...values]);
  return parts.map((value) => value / ((used || 1) * factor));
}

describe('a step in half precision', () => {
  it('takes as many dispatches as in single precision', async () => {
    for (const layers of [1, 3]) {
      const session = await openHalf({ shape: { ...tinyShape, layers } });
      expect(session.dispatchesPerStep).toBe(15 * layers + 10);
      session.destroy();
    }
  });

  it('keeps little more than half of the activations', () => {
    const shape = { ...tinyShape, layers: 4, context: 64, width: 128, heads: 4, vocabulary: 96 };
    for (const [family, most] of [
      ['gpt', 0.58],
      ['bert', 0.65],
    ] as const) {
      const [single, half] = [false, true].map((each) =>
        planTiny({ shape: { ...shape, family }, batch: 12, half: each }),
      );
      expect(half.step.program.activationBytes / single.step.program.activationBytes).toBeLessThan(most);
      const { activationBytes, activationLowerBoundBytes } = half.step.program;
      expect(activationBytes / activationLowerBoundBytes).toBeLessThanOrEqual(1.15);
      expect(half.bytes).toBeLessThan(single.bytes);
    }
  });

  it('creates nothing, and is one submit', async () => {
    const session = await openHalf();
    await trainTiny(session, 1);
    const before = { ...counts };
    for (let step = 2; step < 8; step++) session.submitStep(step, 1, 0.01, tinyBatches(session.plan, step));
    await gpu.idle();
    expect({ ...counts }).toEqual({ ...before, submits: before.submits + 6 });
    session.destroy();
  });
});

describe('training in half precision', () => {
  const shallow = { ...tinyShape, layers: 1 };
  for (const options of [
    {},
    { shape: shallow, dropout: 0.2 },
    { shape: { ...shallow, family: 'bert' }, accumulation: 2 },
  ]) {
    it(`follows its twins, and single precision (${JSON.stringify(options)})`, async () => {
      const sessions = [
        await openHalf(options),
        await loadTiny(cpuBackend('f64'), planTiny({ ...options, half: true })),
        await loadTiny(cpuBackend('f64'), planTiny(options)),
      ];
      const [half, twins, single] = await Promise.all(sessions.map((session) => trainTiny(session, 10)));
      half.forEach(({ loss, gradientNorm }, step) => {
        expect(loss / twins[step].loss, `loss of step ${step + 1}`).toBeCloseTo(1, 2);
        expect(loss / single[step].loss, `loss of step ${step + 1}`).toBeCloseTo(1, 2);
        expect(Math.abs(gradientNorm / single[step].gradientNorm - 1), `norm of step ${step + 1}`).toBeLessThan(0.02);
      });
      expect(half[9].loss).not.toBe(single[9].loss);
      sessions[0].destroy();
    });
  }

  it('goes on from values that were put aside, with the weights that products read', async () => {
    const session = await openHalf();
    await trainTiny(session, 2);
    const values = await session.readValues();
    const [batch] = tinyBatches(session.plan, 1);
    const before = await session.evaluate(batch);
    await trainTiny(session, 3);
    expect(await session.evaluate(batch)).not.toEqual(before);
    session.writeValues(values);
    expect(await session.evaluate(batch)).toEqual(before);
    session.destroy();
  });
});

it('is timed by a rehearsal that leaves its weights as they are', async () => {
  const session = await openHalf({ shape: { ...tinyShape, layers: 1 } });
  const [batch] = tinyBatches(session.plan, 1);
  const before = await session.evaluate(batch);
  await session.rehearse([batch], async (step) => step.run());
  expect(await session.evaluate(batch)).toEqual(before);
  session.destroy();
});

describe('the loss scale', () => {
  it('keeps gradients that f16 would lose', async () => {
    const [half, single] = [await openHalf(), await loadTiny(cpuBackend('f64'), planTiny())];
    const factor = 2 ** -12;
    const expected = await gradientsOf(single, factor);
    expect(largestDifference(await gradientsOf(half, factor), expected)).toBeLessThan(0.002);
    expect(largestDifference(await gradientsOf(half, factor, 1), expected)).toBeGreaterThan(0.02);
    half.destroy();
  });

  it('halves where gradients overflow, and the step changes nothing', async () => {
    const session = await openHalf();
    const before = await session.readParts('parameters');
    const huge = weighted(session.plan, 100);
    const scales: number[] = [];
    let step = 0;
    for (;;) {
      step += 1;
      const [metrics] = await session.submitStepAndRead(step, 1, 0.01, huge, step);
      scales.push(metrics.lossScale);
      expect(Number.isFinite(metrics.loss)).toBe(true);
      if (Number.isFinite(metrics.gradientNorm)) break;
      expect(await session.readParts('parameters')).toEqual(before);
    }
    expect(scales.length).toBeGreaterThan(1);
    expect(scales).toEqual(scales.map((_, index) => 2 ** (16 - index)));
    expect(await session.readParts('parameters')).not.toEqual(before);
    session.destroy();
  });

  it('does not hide a loss that is not finite', async () => {
    const session = await openHalf();
    const before = await session.readParts('parameters');
    const [broken] = await session.submitStepAndRead(1, 1, 0.01, weighted(session.plan, Number.POSITIVE_INFINITY), 1);
    expect(Number.isFinite(broken.loss)).toBe(false);
    await session.submitStepAndRead(2, 1, 0.01, tinyBatches(session.plan, 2), 2);
    expect(await session.readParts('parameters')).toEqual(before);
    session.destroy();
  });
});
