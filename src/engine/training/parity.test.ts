/** Parity with PyTorch on every backend: losses, gradients, clipping and schedule, and the weights after 20 steps. */
import { describe, expect, it } from 'vitest';
import { cpuBackend, sharedGpuBackend, wasmBackend, wasmVariants } from '../../testing/backends.ts';
import { configuration, expected, fixtureBatch, fixturePlan, fixtureTensors } from '../../testing/gpt-fixture.ts';
import { cosine } from '../optim/schedules/cosine.ts';
import { learningRateAt } from '../optim/schedules/schedule.ts';
import type { Backend } from '../program/program.ts';
import { readGptWeights, writeGptWeights } from './gpt-weights.ts';
import { Session } from './session.ts';

const backends: [string, () => Promise<Backend>][] = [
  ['WebGPU', sharedGpuBackend],
  ['CPU in float32', async () => cpuBackend('f32')],
  ...wasmVariants.map((variant): [string, () => Promise<Backend>] => [variant, () => wasmBackend(variant)]),
];

/** |a − b| / |b| as vectors. */
function relativeDistance(a: Float32Array, b: Float32Array): number {
  let difference = 0;
  let length = 0;
  for (let i = 0; i < b.length; i++) {
    difference += (a[i] - b[i]) ** 2;
    length += b[i] ** 2;
  }
  return Math.sqrt(difference / length);
}

/** Without the bias of the keys: it shifts all scores of a row alike, so its gradient is zero but for rounding, and
 *  what Adam makes of rounding differs from one machine to the next. */
function determined(name: string, values: Float32Array): Float32Array {
  if (!name.endsWith('c_attn.bias')) return values;
  const width = values.length / 3;
  return Float32Array.from([...values.subarray(0, width), ...values.subarray(2 * width)]);
}

async function load(open: () => Promise<Backend>): Promise<Session> {
  const plan = fixturePlan();
  const session = await Session.load(await open(), plan, configuration.optimizer);
  session.writeWeights(fixtureTensors('weights', plan));
  return session;
}

describe.each(backends)('%s equals PyTorch', (_, open) => {
  it('in the losses and norms of 20 steps with warm-up, cosine decay and clipping', async () => {
    const session = await load(open);
    for (let step = 1; step <= expected.losses.length; step++) {
      const rate = learningRateAt(cosine, expected.schedule, configuration.optimizer.learningRate, step);
      expect(rate).toBeCloseTo(expected.learningRates[step - 1], 12);
      const [metrics] = await session.submitStepAndRead(step, 0, rate, [fixtureBatch(step)], step);
      expect(Math.abs(metrics.loss / expected.losses[step - 1] - 1), `loss ${step}`).toBeLessThan(1e-4);
      expect(Math.abs(metrics.gradientNorm / expected.gradientNorms[step - 1] - 1), `norm ${step}`).toBeLessThan(1e-3);
    }
    session.destroy();
  });

  it('in every gradient of step 1', async () => {
    const session = await load(open);
    await session.submitStepAndRead(1, 0, 0.001, [fixtureBatch(1)], 1);
    const gradients = await session.readParts('gradients');
    const reference = fixtureTensors('gradients', session.plan);
    expect([...gradients.keys()]).toEqual([...reference.keys()]);
    for (const [name, values] of reference) {
      expect(relativeDistance(gradients.get(name) ?? new Float32Array(), values), name).toBeLessThan(1e-3);
    }
    session.destroy();
  });

  it('in the weights after 20 steps, written to a file and read again', async () => {
    const session = await load(open);
    for (let step = 1; step <= 20; step++) {
      session.submitStep(step, 0, configuration.optimizer.learningRate, [fixtureBatch(step)]);
    }
    const { parts } = session.plan.model.arena;
    const file = writeGptWeights(parts, await session.readParts('parameters'));
    const trained = readGptWeights(new Uint8Array(file), parts);
    for (const [name, values] of fixtureTensors('trained', session.plan)) {
      const [ours, theirs] = [trained.get(name) ?? new Float32Array(), values].map((each) => determined(name, each));
      expect(relativeDistance(ours, theirs), name).toBeLessThan(1e-3);
    }
    session.destroy();
  });
});
