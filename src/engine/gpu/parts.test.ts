/** Parts of long dispatches: training in them gives the same bits, in more dispatches and submits. */
import { describe, expect, it } from 'vitest';
import { openTestDevice } from '../../testing/backends.ts';
import { countCreations } from '../../testing/count-creations.ts';
import { loadTiny, planTiny, trainTiny } from '../../testing/tiny-gpt.ts';
import { add } from '../kernels/add.ts';
import type { Kernel } from '../kernels/kernel.ts';
import { CallTimes } from './call-times.ts';
import { GpuBackend } from './gpu-backend.ts';
import { endlessPatience, type Patience, runsOf, spansOf } from './parts.ts';

const steps = 3;

/** Trains on a device that, for all the backend knows, takes a millisecond for the first matrix product. */
async function train(patience: Patience) {
  const { device } = await openTestDevice();
  const backend = new GpuBackend(device, undefined, patience);
  const plan = planTiny({ dropout: 0.1 });
  const product = plan.step.program.dispatches.find(({ kernel }) => kernel.name === 'matmul');
  if (product) backend.times.record(product, 1);
  const session = await loadTiny(backend, plan);
  const creations = countCreations(device);
  const metrics = await trainTiny(session, steps);
  const { submits, buffers, bindGroups } = creations;
  const weights = await session.readParts('parameters');
  return { metrics, weights, dispatches: session.dispatchesPerStep, submits: submits / steps, buffers, bindGroups };
}

describe('a program that takes long', () => {
  it('trains in parts to the same bits, with nothing created in a step', async () => {
    const whole = await train(endlessPatience);
    const parts = await train({ dispatchMs: 0.2, submitMs: 10 });
    expect(parts.metrics).toEqual(whole.metrics);
    expect(parts.weights).toEqual(whole.weights);
    expect(parts.dispatches).toBeGreaterThan(2 * whole.dispatches);
    expect([whole.submits, parts.submits > 1, parts.bindGroups]).toEqual([1, true, 0]);
    expect(parts.buffers).toBe(whole.buffers);
  });
});

describe('a part whose workgroups do not fit into one row', () => {
  it('does none of the next part', async () => {
    const { device } = await openTestDevice();
    const backend = new GpuBackend(device, undefined, { dispatchMs: 1, submitMs: 10 });
    // Two parts of 65,537 workgroups, each dispatched as two rows of 32,769.
    const length = 64 * 2 * 65_537;
    const range = (label: string) => ({ storage: { label, element: 'f32', length } as const, offset: 0, length });
    const ranges = { a: range('a'), output: range('output') };
    const call = { kernel: add as Kernel, attributes: { length, hasB: 0, accumulate: 1 }, ranges, stage: 0 };
    backend.times.record(call, 2);
    const owned = [ranges.a.storage, ranges.output.storage];
    const sizes = { activationBytes: 0, activationLowerBoundBytes: 0 };
    const executable = await backend.load({ label: 'add', dispatches: [call], owned, shared: [], ...sizes });
    backend.write(ranges.a.storage, new Float32Array(length).fill(1));
    executable.run();
    const output = await backend.read(ranges.output.storage);
    expect(executable.dispatches).toBe(2);
    expect(output.every((value) => value === 1)).toBe(true);
    const { dispatches } = await executable.time();
    expect(dispatches.map(({ calls }) => calls.length)).toEqual([1]);
    executable.destroy();
  });
});

describe('spans', () => {
  it('cover all workgroups once, each short enough', () => {
    const spans = spansOf(10, 120, { dispatchMs: 50, submitMs: 1000 });
    expect(spans.map(({ first, end }) => [first, end])).toEqual([
      [0, 4],
      [4, 8],
      [8, 10],
    ]);
    expect(spansOf(10, 50, { dispatchMs: 50, submitMs: 1000 })).toEqual([{ first: 0, end: 10 }]);
    expect(spansOf(2, 1000, { dispatchMs: 50, submitMs: 1000 })).toHaveLength(2);
  });
});

describe('runs', () => {
  it('keep the order, and are as long as a submit may be', () => {
    const items = [600, 300, 200, 2000, 100].map((ms) => ({ ms }));
    const runs = runsOf(items, { dispatchMs: 50, submitMs: 1000 });
    expect(runs.map((run) => run.map(({ ms }) => ms))).toEqual([[600, 300], [200], [2000], [100]]);
    expect(runsOf(items, endlessPatience)).toEqual([items]);
  });
});

describe('the time of a call', () => {
  it('is as timed, or follows from the best rates seen; nothing is known before', () => {
    const { dispatches } = planTiny().step.program;
    const products = dispatches.filter(({ kernel }) => kernel.name === 'matmul');
    const [update] = dispatches.filter(({ kernel }) => kernel.name === 'adamw');
    const times = new CallTimes();
    expect(times.estimate(products[0])).toBe(0);
    times.record(products[0], 4);
    expect(times.estimate(products[0])).toBe(4);
    const before = times.estimate(update);
    expect(before).toBeGreaterThan(0);
    times.record({ ...products[0], attributes: { ...products[0].attributes, rows: 8 } }, 2);
    expect(times.estimate(update)).toBeLessThan(before);
  });
});
