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
      kernel: columnSum as Kernel,
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
    expect(sharedWorkgroup([[sum.kernel], [narrow]])).toBeUndefined();
    expect(sharedWorkgroup([[sum.kernel], [narrow, sum.kernel]])).toEqual([sum.kernel, sum.kernel]);
    expect(
      sharedWorkgroup([
        [narrow, sum.kernel],
        [narrow, sum.kernel],
      ]),
    ).toEqual([narrow, narrow]);
  });
});
