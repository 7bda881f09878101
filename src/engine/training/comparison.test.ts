/** Compared runs: in lock-step, each as it would be alone, scored on the same tokens. */
import { describe, expect, it } from 'vitest';
import type { RunConfiguration } from '../../contract/configuration.ts';
import type { Command, Event } from '../../contract/messages.ts';
import { cpuBackend, sharedGpuBackend } from '../../testing/backends.ts';
import { asMasked, catText, losses, openStudio } from '../../testing/open-studio.ts';
import { ownSource } from '../../testing/own-source.ts';
import { CpuBackend } from '../cpu/cpu-backend.ts';
import { readPart } from '../nn/parameters.ts';
import { objectives } from '../objectives/index.ts';
import type { Backend } from '../program/program.ts';
import { createBatchSource } from './batch-source.ts';
import { find } from './catalog.ts';
import { initialValues } from './initialize.ts';
import { planRun, stepFlops } from './prepare.ts';

const source = ownSource(catText);
const letters = new Set(catText).size;

type Opened = Awaited<ReturnType<typeof openStudio>>;

const bothObjectives = ({ small }: Opened) => ({ configurations: [small, asMasked(small)], pace: 'steps' as const });

/** A studio that compares runs on the cat text. */
async function openCompared(
  plan: (opened: Opened) => Pick<Extract<Command, { type: 'compare' }>, 'configurations' | 'pace'> = bothObjectives,
  backend?: Backend,
) {
  const opened = await openStudio(backend);
  const { studio, all } = opened;
  await studio.handle({ type: 'compare', ...plan(opened), text: source });
  const of = (index: number) => all('compared').flatMap((each) => (each.index === index ? [each.event] : []));
  const pointsOf = (index: number) => of(index).flatMap((event) => (event.type === 'points' ? event.points : []));
  const statusOf = (index: number) => of(index).findLast((event) => event.type === 'status');
  const stopped = async () => {
    while (statusOf(0)?.status === 'training') await new Promise((resolve) => setTimeout(resolve, 5));
  };
  return { ...opened, of, pointsOf, statusOf, stopped };
}

describe('what compared runs share', () => {
  it('is the trunk they start from: every value, [MASK] being one row more', async () => {
    const { small } = await openStudio();
    const backend = cpuBackend('f32');
    const values = [small, asMasked(small)].map((configuration, index) => {
      const { arena } = planRun(configuration, letters + index, backend).model;
      const all = initialValues(arena, 7);
      return new Map(arena.parts.map((part) => [part.name, readPart(all, part)]));
    });
    expect([...values[1].keys()]).toEqual([...values[0].keys()]);
    for (const [name, causal] of values[0]) expect(values[1].get(name)?.slice(0, causal.length)).toEqual(causal);
    const rows = (index: number) => values[index].get('wte.weight')?.length;
    expect(rows(1)).toBe((rows(0) ?? 0) + small.model.width);
  });

  it('is the windows of every step, and the held-out ones', async () => {
    const { small } = await openStudio();
    const training = Int32Array.from({ length: 500 }, (_, i) => i);
    const dataset = { training, validation: training.subarray(0, 300) };
    const texts = [...training];
    const vocabulary = { texts, isText: (id: number) => id < 500, mask: 500, continuesWord: () => false };
    const [causal, masked] = [small, asMasked(small)].map(({ objective, masking, model, training }) =>
      createBatchSource(dataset, find(objectives, objective), training, model.context, { masking, vocabulary }),
    );
    const unmasked = (tokens: Int32Array, other: Int32Array) => tokens.filter((token, i) => token === other[i]).length;
    for (const step of [1, 2, 77]) {
      const [one, other] = [causal.training(step)[0].tokens, masked.training(step)[0].tokens];
      expect(unmasked(one, other)).toBeGreaterThan(0.7 * one.length);
    }
    const [one, other] = [causal.validation[0].tokens, masked.validation[0].tokens];
    expect(one[0]).toBe(0);
    expect(unmasked(one, other)).toBeGreaterThan(0.7 * one.length);
  });
});

describe('a comparison', () => {
  it('has all runs at the same step whenever it stops, and gives each its turn', async () => {
    const { studio, pointsOf, statusOf, stopped, all, last } = await openCompared();
    const statuses = () => [statusOf(0), statusOf(1)];
    const both = (event: Event) => [event, event];
    expect(last('comparing').runs.map(({ plan }) => plan.vocabulary)).toEqual([letters, letters + 1]);
    for (const step of [1, 2]) {
      await studio.handle({ type: 'step' });
      expect(statuses()).toEqual(both({ type: 'status', status: 'paused', step }));
    }
    await studio.handle({ type: 'train' });
    await new Promise((resolve) => setTimeout(resolve, 30));
    await studio.handle({ type: 'pause' });
    const step = statusOf(0)?.step ?? 0;
    expect(step).toBeGreaterThan(2);
    expect(statuses()).toEqual(both({ type: 'status', status: 'paused', step }));
    await studio.handle({ type: 'train' });
    await stopped();
    await studio.handle({ type: 'pause' });
    expect(statuses()).toEqual(both({ type: 'status', status: 'finished', step: 60 }));
    for (const index of [0, 1]) expect(pointsOf(index).map((point) => point.step)).toEqual(steps(60));
    expect(all('problem')).toEqual([]);
    expect(all('status').every(({ step }) => step === 0)).toBe(true);
  });

  const backends: [string, () => Promise<Backend>][] = [
    ['the CPU', async () => cpuBackend('f32')],
    ['WebGPU', sharedGpuBackend],
  ];
  it.each(backends)('trains each run as it would train alone, to the last bit, on %s', async (_, open) => {
    const short = (small: RunConfiguration) => ({ ...small, schedule: { ...small.schedule, totalSteps: 10 } });
    const both = (opened: Opened) => bothObjectives({ ...opened, small: short(opened.small) });
    const compared = await openCompared(both, await open());
    await compared.studio.handle({ type: 'train' });
    await compared.stopped();
    await compared.studio.handle({ type: 'pause' });
    for (const [index, configuration] of both(compared).configurations.entries()) {
      const { studio, all, last, finished } = await openStudio(await open());
      await studio.handle({ type: 'configure', configuration, text: source });
      await studio.handle({ type: 'train' });
      await finished();
      await studio.handle({ type: 'pause' });
      const points = all('points').flatMap((event) => event.points);
      expect(losses(compared.pointsOf(index))).toEqual(losses(points));
      expect(points.length).toBe(10);
      const events = compared.of(index);
      expect(events.findLast(({ type }) => type === 'evaluation')).toEqual(last('evaluation'));
      const seen = index === 0 ? 'prediction' : 'blanks';
      expect(events.findLast(({ type }) => type === seen)).toEqual(last(seen));
    }
  });

  it('by compute keeps the runs within one step of each other in operations, and spends as much on each', async () => {
    const { studio, small, last, statusOf, stopped } = await openCompared(({ small }) => ({
      configurations: [small, { ...asMasked(small), model: { ...small.model, layers: 3 } }],
      pace: 'compute',
    }));
    const { runs } = last('comparing');
    const backend = cpuBackend('f32');
    const flops = runs.map(({ configuration, plan }) => stepFlops(planRun(configuration, plan.vocabulary, backend)));
    const apart = () => Math.abs((statusOf(0)?.step ?? 0) * flops[0] - (statusOf(1)?.step ?? 0) * flops[1]);
    for (let round = 0; round < 15; round++) {
      await studio.handle({ type: 'step' });
      expect(apart()).toBeLessThanOrEqual(Math.max(...flops));
    }
    await studio.handle({ type: 'train' });
    await stopped();
    await studio.handle({ type: 'pause' });
    expect([statusOf(0)?.status, statusOf(1)?.status]).toEqual(['finished', 'finished']);
    expect(apart()).toBeLessThanOrEqual(Math.max(...flops));
    expect(statusOf(0)?.step).toBe(small.schedule.totalSteps);
    expect(statusOf(1)?.step).toBeLessThan(small.schedule.totalSteps / 2);
    // The schedule ends where training does.
    expect(runs[1].configuration.schedule.totalSteps).toBe(statusOf(1)?.step);
  });

  it('scores all runs on the same held-out tokens: at powers of ten, and where it stops', async () => {
    const { studio, all, last, stopped } = await openCompared();
    const [untrained] = all('verdict').map(({ verdict }) => verdict);
    expect(untrained.steps).toEqual([0, 0]);
    const { positions } = untrained.scores[0];
    expect(positions).toBeGreaterThan(100);
    await studio.handle({ type: 'train' });
    await stopped();
    await studio.handle({ type: 'pause' });
    const scored = all('verdict').map(({ verdict }) => verdict.steps);
    for (const step of [0, 1, 10, 60]) expect(scored).toContainEqual([step, step]);
    const { verdict } = last('verdict');
    expect(verdict.scores.map((score) => score.positions)).toEqual([positions, positions]);
    for (const score of verdict.scores) expect(score.bits.value).toBeLessThan(untrained.scores[0].bits.value);
    // Every fourth letter of the text is a space, about.
    expect(verdict.baseline.token.text).toBe(' ');
    expect(verdict.baseline.probability).toBeCloseTo(0.25, 1);
    const before = all('verdict').length;
    await studio.handle({ type: 'pause' });
    expect(all('verdict').length).toBe(before);
  });

  it('shows one prompt to all, and refuses what one of them cannot read', async () => {
    const { studio, of, last } = await openCompared();
    const lastOf = (index: number, type: Event['type']) => of(index).findLast((event) => event.type === type);
    await studio.handle({ type: 'prompt', text: 'the dog', blanks: [4] });
    expect(lastOf(0, 'prediction')).toMatchObject({ prediction: { tokens: { length: 7 } } });
    expect(lastOf(1, 'blanks')).toMatchObject({ prediction: { blanks: [{ position: 4 }] } });
    const refused: [string, number[] | undefined, string][] = [
      ['the [MASK]og', undefined, 'prompt-mask-compared'],
      ['the cat', [], 'prompt-no-blank'],
      ['the', [0, 1, 2], 'prompt-only-blanks'],
      ['', undefined, 'prompt-empty'],
    ];
    for (const [text, blanks, code] of refused) {
      await studio.handle({ type: 'prompt', text, blanks });
      expect(last('problem').problem).toMatchObject({ where: 'prompt', code });
      expect(lastOf(0, 'prediction')).toMatchObject({ prediction: { tokens: { length: 7 } } });
    }
    expect(of(0).some(({ type }) => type === 'sample')).toBe(false);
  });

  it('takes a reset back for all', async () => {
    const { studio, pointsOf, statusOf, all } = await openCompared();
    for (let step = 0; step < 3; step++) await studio.handle({ type: 'step' });
    await studio.handle({ type: 'reset' });
    expect(statusOf(1)).toEqual({ type: 'status', status: 'ready', step: 0 });
    expect(all('verdict').at(-1)?.verdict).toEqual(all('verdict')[0].verdict);
    await studio.handle({ type: 'undo' });
    expect([statusOf(0)?.step, statusOf(1)?.step]).toEqual([3, 3]);
    await studio.handle({ type: 'step' });
    expect(pointsOf(1).map((point) => point.step)).toEqual([1, 2, 3, 4]);
  });

  it('stops all runs where one of them fails', async () => {
    const { studio, of, statusOf } = await openCompared(undefined, breakingSecond());
    await studio.handle({ type: 'train' });
    while (!of(1).some(({ type }) => type === 'problem')) await new Promise((resolve) => setTimeout(resolve, 5));
    await studio.handle({ type: 'pause' });
    expect([statusOf(0)?.status, statusOf(1)?.status]).toEqual(['paused', 'failed']);
    expect(of(1).findLast(({ type }) => type === 'problem')).toMatchObject({ problem: { code: 'not-finite' } });
  });
});

const steps = (count: number) => Array.from({ length: count }, (_, i) => i + 1);

/** A backend on which the second model that is loaded gets learning rates that are no numbers, from its third step on. */
function breakingSecond(): Backend {
  const backend = cpuBackend('f32');
  const seen: unknown[] = [];
  const write: Backend['write'] = (storage, values) => {
    if (storage.label === 'rates' && !seen.includes(storage)) seen.push(storage);
    const isBroken = storage === seen[1] && values[1] > 1 - 0.9 ** 2.5;
    CpuBackend.prototype.write.call(backend, storage, isBroken ? values.map(() => Number.NaN) : values);
  };
  return Object.assign(backend, { write });
}
