/** Shaders: several calls in one dispatch give the bits that they give apart. */
import { describe, expect, it } from 'vitest';
import { sharedGpuBackend } from '../../testing/backends.ts';
import { normal } from '../../testing/numbers.ts';
import { add } from '../kernels/add.ts';
import { columnSum } from '../kernels/column-sum.ts';
import type { Kernel } from '../kernels/kernel.ts';
import { matmul, plainMatmul } from '../kernels/matmul.ts';
import type { Dispatch, Program, Storage } from '../program/program.ts';
import { buildShader, sharedWorkgroup } from './shader.ts';

function storage(label: string, length: number): Storage {
  return { label, element: 'f32', length };
}

function range(of: Storage) {
  return { storage: of, offset: 0, length: of.length };
}

/** Three kernels that share names and differ in consts, bindings, builtins and grids. */
function independentCalls(areOneStage: boolean): Program {
  const [x, y, product, edge, sums] = [
    ['x', 36 * 20],
    ['y', 20 * 40],
    ['product', 36 * 40],
    ['edge', 35 * 39],
    ['sums', 40],
  ].map(([label, length]) => storage(String(label), Number(length)));
  const calls = [
    {
      kernel: matmul as Kernel,
      attributes: { ...plainMatmul, rows: 36, columns: 40, inner: 20 },
      ranges: { a: range(x), b: range(y), output: range(product) },
    },
    {
      kernel: matmul as Kernel,
      attributes: { ...plainMatmul, rows: 35, columns: 39, inner: 17, activation: 1 },
      ranges: { a: range(x), b: range(y), output: range(edge) },
    },
    {
      // In no other size of workgroup, which would sum up in another order.
      kernel: { ...(columnSum as Kernel), variants: undefined },
      attributes: { rows: 20, columns: 40, accumulate: 0 },
      ranges: { x: range(y), sums: range(sums) },
    },
  ];
  const dispatches = calls.map((call, index): Dispatch => ({ ...call, stage: areOneStage ? 0 : index }));
  const owned = [x, y, product, edge, sums];
  return { label: 'calls', dispatches, owned, shared: [], activationBytes: 0, activationLowerBoundBytes: 0 };
}

async function results(program: Program) {
  const backend = await sharedGpuBackend();
  const executable = await backend.load(program);
  const [x, y, ...written] = program.owned;
  backend.write(x, Float32Array.from(normal(x.length, 1)));
  backend.write(y, Float32Array.from(normal(y.length, 2)));
  executable.run();
  const values = await Promise.all(written.map((each) => backend.read(each)));
  executable.destroy();
  return { values, dispatches: executable.dispatches };
}

describe('a stage', () => {
  it('is one dispatch, and gives the bits of its calls apart', async () => {
    const [together, apart] = [await results(independentCalls(true)), await results(independentCalls(false))];
    expect([together.dispatches, apart.dispatches]).toEqual([1, 3]);
    expect(together.values).toEqual(apart.values);
    for (const values of together.values) expect(values.some((value) => value !== 0)).toBe(true);
  });

  it('is so too with more workgroups than an axis of a grid has', async () => {
    const [few, many] = [64 * 4, 64 * 70_000];
    const x = storage('x', many);
    const sums = [few, many, few].map((length) => storage(`sum of ${length}`, length));
    const dispatches = sums.map(
      (output): Dispatch => ({
        kernel: add as Kernel,
        attributes: { length: output.length, hasB: 1, accumulate: 0 },
        ranges: {
          a: { ...range(x), length: output.length },
          b: { ...range(x), length: output.length },
          output: range(output),
        },
        stage: 0,
      }),
    );
    const sizes = { activationBytes: 0, activationLowerBoundBytes: 0 };
    const backend = await sharedGpuBackend();
    const executable = await backend.load({ label: 'many', dispatches, owned: [x, ...sums], shared: [], ...sizes });
    expect(executable.dispatches).toBe(1);
    const values = Float32Array.from({ length: many }, (_, index) => index % 1000);
    backend.write(x, values);
    executable.run();
    for (const each of sums) {
      const written = await backend.read(each);
      expect(written.findIndex((value, index) => value !== 2 * values[index])).toBe(-1);
    }
    executable.destroy();
  });
});

describe('a shader', () => {
  const attributes = { length: 64, hasB: 1, accumulate: 0 };
  const sum = { kernel: add as Kernel, attributes, given: ['a', 'b', 'output'] };

  it('binds what a call has, and no more', () => {
    const bound = buildShader([{ ...sum, given: ['a', 'output'] }]).bindings.map(({ name }) => name);
    expect(bound).toEqual(['a', 'output']);
    expect(() => buildShader([{ ...sum, given: ['a'] }])).toThrow('add lacks output');
  });

  it('needs workgroups of one size, for which calls give up what they prefer', () => {
    const source = add.source.map((text) => text.replace('@workgroup_size(64)', '@workgroup_size(32)'));
    const narrow: Kernel = { ...sum.kernel, source };
    expect(() => buildShader([sum, { ...sum, kernel: narrow }])).toThrow('no common workgroup');
    const choice = (kernel: Kernel, cost: number) => ({ kernel, cost });
    expect(sharedWorkgroup([[choice(sum.kernel, 1)], [choice(narrow, 1)]])).toBeUndefined();
    const [wideFirst, narrowFirst] = [
      [choice(sum.kernel, 1), choice(narrow, 4)],
      [choice(narrow, 1), choice(sum.kernel, 3)],
    ];
    expect(sharedWorkgroup([wideFirst, narrowFirst])).toEqual([sum.kernel, sum.kernel]);
    expect(sharedWorkgroup([narrowFirst, narrowFirst])).toEqual([narrow, narrow]);
    expect(sharedWorkgroup([wideFirst, narrowFirst, narrowFirst])).toEqual([narrow, narrow, narrow]);
  });
});
