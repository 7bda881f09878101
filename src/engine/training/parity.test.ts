/** Parity with PyTorch on every backend: losses, gradients, clipping and schedule, and the weights after 20 steps. */
import { describe, expect, it } from 'vitest';
import { cpuBackend, sharedGpuBackend, wasmBackend, wasmVariants } from '../../testing/backends.ts';
import { type ParityFixture, parityFixture } from '../../testing/parity-fixture.ts';
import { cosine } from '../optim/schedules/cosine.ts';
import { learningRateAt } from '../optim/schedules/schedule.ts';
import type { Backend } from '../program/program.ts';
import { Session } from './session.ts';
import { readWeights, writeWeights } from './weight-files.ts';

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
  if (name.endsWith('self.key.bias')) return new Float32Array(0);
  if (!name.endsWith('c_attn.bias')) return values;
  const width = values.length / 3;
  return Float32Array.from([...values.subarray(0, width), ...values.subarray(2 * width)]);
}

async function load(fixture: ParityFixture, open: () => Promise<Backend>): Promise<Session> {
  const plan = fixture.plan();
  const session = await Session.load(await open(), plan, fixture.configuration.optimizer);
  session.writeWeights(fixture.tensors('weights', plan));
  return session;
}

const fixtures = [
  'gpt-parity',
  'bert-parity',
  'bert-pre-rotary-parity',
  'gpt-pre-rotary-parity',
  'gpt-post-sinusoidal-parity',
];
const cases = fixtures.flatMap((name) => backends.map(([backend, open]) => ({ name, backend, open })));

describe.each(cases)('$name: $backend equals PyTorch', ({ name: folder, open }) => {
  const fixture = parityFixture(folder);
  const { configuration, expected, format } = fixture;

  it('in the losses and norms of 20 steps with warm-up, cosine decay and clipping', async () => {
    const session = await load(fixture, open);
    for (let step = 1; step <= expected.losses.length; step++) {
      const rate = learningRateAt(cosine, expected.schedule, configuration.optimizer.learningRate, step);
      expect(rate).toBeCloseTo(expected.learningRates[step - 1], 12);
      const [metrics] = await session.submitStepAndRead(step, 0, rate, [fixture.batch(step)], step);
      expect(Math.abs(metrics.loss / expected.losses[step - 1] - 1), `loss ${step}`).toBeLessThan(1e-4);
      expect(Math.abs(metrics.gradientNorm / expected.gradientNorms[step - 1] - 1), `norm ${step}`).toBeLessThan(1e-3);
    }
    session.destroy();
  });

  it('in every gradient of step 1', async () => {
    const session = await load(fixture, open);
    await session.submitStepAndRead(1, 0, 0.001, [fixture.batch(1)], 1);
    const gradients = await session.readParts('gradients');
    const reference = fixture.tensors('gradients', session.plan);
    expect([...gradients.keys()]).toEqual([...reference.keys()]);
    const isZero = (name: string) => name.endsWith('self.key.bias') && configuration.model.positions !== 'rotary';
    for (const [name, values] of reference) {
      const own = gradients.get(name) ?? new Float32Array();
      if (!isZero(name)) expect(relativeDistance(own, values), name).toBeLessThan(1e-3);
      else expect(Math.hypot(...own), name).toBeLessThan(1e-6 * expected.gradientNorms[0]);
    }
    session.destroy();
  });

  it('in the weights after 20 steps, written to a file and read again', async () => {
    const session = await load(fixture, open);
    for (let step = 1; step <= 20; step++) {
      session.submitStep(step, 0, configuration.optimizer.learningRate, [fixture.batch(step)]);
    }
    const { parts } = session.plan.model.arena;
    const file = writeWeights(parts, await session.readParts('parameters'), format);
    const trained = readWeights(new Uint8Array(file), parts, format);
    for (const [name, values] of fixture.tensors('trained', session.plan)) {
      const [ours, theirs] = [trained.get(name) ?? new Float32Array(), values].map((each) => determined(name, each));
      if (theirs.length > 0) expect(relativeDistance(ours, theirs), name).toBeLessThan(1e-3);
    }
    session.destroy();
  });
});
