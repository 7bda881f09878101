/** The CPU backend's memory and its choice between WebAssembly and twins. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { cpuBackend, wasmBackend } from '../../testing/backends.ts';
import { parityFixture } from '../../testing/parity-fixture.ts';
import { add } from '../kernels/add.ts';
import type { Kernel } from '../kernels/kernel.ts';
import type { Backend, Program, Storage } from '../program/program.ts';
import { Session } from '../training/session.ts';
import { CpuBackend } from './cpu-backend.ts';
import { WasmEngine } from './wasm-engine.ts';

const fixture = parityFixture('gpt-parity');

afterEach(() => vi.unstubAllGlobals());

function storage(label: string, length = 8): Storage {
  return { label, element: 'f32', length };
}

function addProgram(kernel: Kernel, [a, b, output]: Storage[], attributes = {}): Program {
  const range = (of: Storage) => ({ storage: of, offset: 0, length: of.length });
  return {
    label: kernel.name,
    dispatches: [
      {
        kernel,
        attributes: { length: a.length, hasB: 1, accumulate: 0, ...attributes },
        ranges: { a: range(a), b: range(b), output: range(output) },
        stage: 0,
      },
    ],
    owned: [a, b, output],
    shared: [],
    activationBytes: 0,
    activationLowerBoundBytes: 0,
  };
}

/** Sums of an add program over 1 … 8 and tens. */
async function sums(backend: Backend, program: Program): Promise<number[]> {
  const executable = await backend.load(program);
  const [a, b, output] = program.owned;
  backend.write(a, Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8));
  backend.write(b, new Float32Array(8).fill(10));
  executable.run();
  const result = [...(await backend.read(output))];
  executable.destroy();
  return result;
}

const expected = [11, 12, 13, 14, 15, 16, 17, 18];

describe.each([1, 2])('memory of %i threads', (threads) => {
  async function open(): Promise<CpuBackend> {
    return new CpuBackend('f32', await WasmEngine.open({ threads, memoryBytes: 2 ** 25 }));
  }

  it('keeps what it holds when it grows, and gives back what is freed', async () => {
    const backend = await open();
    const small = storage('small');
    const program = addProgram(add as Kernel, [storage('a'), storage('b'), storage('output')]);
    const executable = await backend.load(program);
    await backend.allocate([small]);
    backend.write(small, Float32Array.of(1, 2, 3));
    const before = backend.wasm?.memory.buffer.byteLength ?? 0;
    const large = storage('large', 2 ** 20);
    await backend.allocate([large]);
    const grown = backend.wasm?.memory.buffer.byteLength ?? 0;
    expect(grown).toBeGreaterThan(before);
    expect([...(await backend.read(small, 0, 3))]).toEqual([1, 2, 3]);
    backend.write(program.owned[0], new Float32Array(8).fill(2));
    executable.run();
    expect([...(await backend.read(program.owned[2]))]).toEqual(new Array(8).fill(2));
    backend.write(large, new Float32Array(2 ** 20).fill(9));
    backend.free([large]);
    const again = storage('again', 2 ** 20);
    await backend.allocate([again]);
    expect(backend.wasm?.memory.buffer.byteLength).toBe(grown);
    expect((await backend.read(again)).every((value) => value === 0)).toBe(true);
    backend.destroy();
  });

  it('says that it is out without losing what is there', async () => {
    const backend = await open();
    const kept = storage('kept');
    await backend.allocate([kept]);
    backend.write(kept, Float32Array.of(5));
    const tooMuch = [storage('one', 2 ** 22), storage('two', 2 ** 22), storage('three', 2 ** 22)];
    await expect(backend.allocate(tooMuch)).rejects.toMatchObject({ problem: { code: 'out-of-memory' } });
    expect((await backend.read(kept))[0]).toBe(5);
    await expect(backend.read(tooMuch[0])).rejects.toThrow('no memory');
    backend.destroy();
  });
});

describe('a call that WebAssembly does not know', () => {
  const plain = add as Kernel;
  const twin = vi.fn(plain.twin);
  const unknown: [string, Kernel, object][] = [
    ['a kernel of another name', { ...plain, name: 'another', twin }, {}],
    ['an attribute it has not heard of', { ...plain, twin }, { negate: 0 }],
  ];
  it.each(unknown)('goes to the twin: %s', async (_, kernel, attributes) => {
    twin.mockClear();
    const backend = await wasmBackend('WebAssembly SIMD');
    const program = addProgram(kernel, [storage('a'), storage('b'), storage('output')], attributes);
    expect(await sums(backend, program)).toEqual(expected);
    expect(twin).toHaveBeenCalledOnce();
  });

  it('while those it knows do not', async () => {
    twin.mockClear();
    const program = addProgram({ ...plain, twin }, [storage('a'), storage('b'), storage('output')]);
    expect(await sums(await wasmBackend('WebAssembly SIMD'), program)).toEqual(expected);
    expect(twin).not.toHaveBeenCalled();
  });
});

it('what is read after a run is as it stood then, whatever runs before it arrives', async () => {
  const backend = cpuBackend('f32');
  const program = addProgram(add as Kernel, [storage('a'), storage('b'), storage('output')]);
  const executable = await backend.load(program);
  const [a, , output] = program.owned;
  backend.write(a, new Float32Array(8).fill(1));
  const first = executable.runAndRead(output);
  backend.write(a, new Float32Array(8).fill(2));
  const second = executable.runAndRead(output);
  expect([[...(await first)], [...(await second)]]).toEqual([new Array(8).fill(1), new Array(8).fill(2)]);
});

it('without WebAssembly the twins do all', async () => {
  vi.stubGlobal('WebAssembly', undefined);
  expect(await WasmEngine.open()).toBeUndefined();
  const program = addProgram(add as Kernel, [storage('a'), storage('b'), storage('output')]);
  expect(await sums(new CpuBackend('f32', undefined), program)).toEqual(expected);
});

it('a whole training run gives the same bits twice, and from two threads as from one', async () => {
  const runs: Float32Array[] = [];
  for (const variant of ['WebAssembly relaxed SIMD', 'WebAssembly relaxed SIMD, 2 threads'] as const) {
    for (let run = 0; run < 2; run++) {
      const plan = fixture.plan();
      const session = await Session.load(await wasmBackend(variant), plan, fixture.configuration.optimizer);
      session.writeWeights(fixture.tensors('weights', plan));
      for (let step = 1; step <= 5; step++) session.submitStep(step, 0, 0.001, [fixture.batch(step)]);
      runs.push(Float32Array.from(await session.backend.read(plan.model.arena.parameters)));
      session.destroy();
    }
  }
  for (const other of runs.slice(1)) expect(other).toEqual(runs[0]);
  expect(cpuBackend('f64').wasm).toBeUndefined();
});
