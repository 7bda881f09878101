/** The tuner: never a variant that computes something else, remembered picks first, and nothing timed past its budget. */
import { describe, expect, it, vi } from 'vitest';
import { openTestDevice } from '../../testing/backends.ts';
import { add } from '../kernels/add.ts';
import type { Kernel } from '../kernels/kernel.ts';
import type { Program, Range } from '../program/program.ts';
import { GpuBackend } from './gpu-backend.ts';
import { type PickStore, type Picks, tune } from './tuner.ts';

const sum = add as Kernel;

function variant(name: string, replaced = '', replacement = ''): Kernel {
  return { ...sum, name, source: sum.source.map((text) => text.replace(replaced, replacement)) };
}

const wrong = variant('wrong', 'v += f32(b[i])', 'v -= f32(b[i])');
const broken = variant('broken', 'v += f32(b[i])', 'v += f32(b[i]) / 0.0 * f32(i - i)');
const right = variant('right');
const idle = variant('idle', 'output[i] = realOutput(v);', '');
const uncompilable = variant('uncompilable', 'v += f32(b[i])', 'v += nothing');

function kernelWith(...variants: Kernel[]): Kernel {
  return { ...sum, variants: variants.map((kernel) => ({ kernel, fits: () => true })) };
}

function programOf(...kernels: Kernel[]): Program {
  const length = 300;
  const range = (label: string): Range => ({ storage: { label, element: 'f32', length }, offset: 0, length });
  const ranges = { a: range('a'), b: range('b'), output: range('output') };
  const attributes = { length, hasB: 1, accumulate: 0 };
  const dispatches = kernels.map((kernel, stage) => ({ kernel, attributes, ranges, stage }));
  const owned = Object.values(ranges).map(({ storage }) => storage);
  return { label: 'test', dispatches, owned, shared: [], activationBytes: 0, activationLowerBoundBytes: 0 };
}

class MemoryStore implements PickStore {
  constructor(public picks: Picks = {}) {}
  async read() {
    return this.picks;
  }
  async write(_adapter: string, picks: Picks) {
    this.picks = picks;
  }
}

const { device } = await openTestDevice();

function tuneFor(kernel: Kernel, budgetMs: number, store?: PickStore) {
  return tune(new GpuBackend(device), programOf(kernel), { adapter: 'test', budgetMs, store });
}

describe('the tuner', () => {
  it('leaves out variants whose results differ from the reference, whatever their place', async () => {
    const [pick] = await tuneFor(kernelWith(wrong, right, broken), Number.POSITIVE_INFINITY);
    expect(pick.kernels).toEqual(['right', sum.name]);
    expect(pick.candidates.map((each) => each.kernel)).toEqual(['right']);
  });

  it('falls back to the reference where every variant differs', async () => {
    const [pick] = await tuneFor(kernelWith(wrong), Number.POSITIVE_INFINITY);
    expect(pick.kernels).toEqual([sum.name]);
  });

  it('leaves out a variant that writes nothing, after the reference has filled the same memory', async () => {
    const [pick] = await tuneFor(kernelWith(idle, right), Number.POSITIVE_INFINITY);
    expect(pick.kernels).toEqual(['right', sum.name]);
  });

  it('goes on without a variant that does not compile, and so does a backend that was not tuned', async () => {
    const program = programOf(kernelWith(uncompilable, right));
    const [pick] = await tune(new GpuBackend(device), program, { adapter: 'test', budgetMs: Number.POSITIVE_INFINITY });
    expect(pick.kernels).toEqual(['right', sum.name]);
    const backend = new GpuBackend(device);
    const executable = await backend.load(program);
    expect(backend.kernels.group(program).map(([each]) => each.kernel.name)).toEqual(['right']);
    executable.destroy();
  });

  it('makes the backend run what it picked', async () => {
    const backend = new GpuBackend(device);
    const program = programOf(kernelWith(wrong, right));
    const chosen = () => backend.kernels.group(program).map(([each]) => each.kernel.name);
    expect(chosen()).toEqual(['wrong']);
    await tune(backend, program, { adapter: 'test', budgetMs: Number.POSITIVE_INFINITY });
    expect(chosen()).toEqual(['right']);
  });

  it('remembers what it timed, and asks the store before the clock', async () => {
    const store = new MemoryStore();
    const kernel = kernelWith(right, variant('other'));
    const [timed] = await tuneFor(kernel, Number.POSITIVE_INFINITY, store);
    expect(Object.values(store.picks)).toEqual([{ kernels: timed.kernels, ms: timed.candidates.map(({ ms }) => ms) }]);
    const [shape] = Object.keys(store.picks);
    for (const name of ['right', 'other']) {
      const [again] = await tuneFor(
        kernel,
        Number.POSITIVE_INFINITY,
        new MemoryStore({ [shape]: { kernels: [name], ms: [1] } }),
      );
      expect(again).toMatchObject({ kernels: [name], origin: 'remembered', candidates: [] });
    }
    const [renamed] = await tuneFor(
      kernel,
      Number.POSITIVE_INFINITY,
      new MemoryStore({ [shape]: { kernels: ['gone'], ms: [1] } }),
    );
    expect(renamed.origin).toBe('timed');
  });

  it('takes the preferred variant where no time is left, and does not remember it', async () => {
    const store = new MemoryStore();
    const [pick] = await tuneFor(kernelWith(right, variant('other')), 0, store);
    expect(pick).toMatchObject({ kernels: ['right', 'other', sum.name], origin: 'untimed' });
    expect(store.picks).toEqual({});
  });

  it('spends half of its time at one shape at most, and times the next one too', async () => {
    let now = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => (now += 10));
    const many = Array.from({ length: 40 }, (_, index) => variant(`variant ${index}`));
    const kernels = ['first', 'second'].map((name) => ({ ...kernelWith(...many), name }));
    const picks = await tune(new GpuBackend(device), programOf(...kernels), { adapter: 'test', budgetMs: 1600 });
    clock.mockRestore();
    expect(picks.map(({ origin }) => origin)).toEqual(['timed', 'timed']);
    for (const { candidates } of picks) expect(candidates.length).toBeGreaterThan(2);
  });
});
