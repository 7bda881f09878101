/** Runs a kernel on the GPU, in WebAssembly, and as its float64 twin over the same data, and compares what they wrote. */
import { describe, expect, it } from 'vitest';
import { type Attributes, type Data, fittingKernels, type Kernel } from '../engine/kernels/kernel.ts';
import type { Backend, Program, Range, Storage } from '../engine/program/program.ts';
import { cpuBackend, sharedGpuBackend, testsHalf, wasmBackend, wasmVariants } from './backends.ts';
import { halfTolerance, largestDifference } from './numbers.ts';

export { integers, normal, zeros } from './numbers.ts';

const { traits } = (await sharedGpuBackend()).kernels;

export interface KernelCase<A extends Attributes, B extends string> {
  readonly name?: string;
  readonly attributes: A;
  /** Contents before the call; bindings that are left out must be optional. */
  readonly data: Partial<Record<B, ArrayLike<number>>>;
  /** Largest difference allowed, relative to the largest value (at least 1). */
  readonly tolerance?: number;
}

export function kernelTest<A extends Attributes, B extends string>(
  kernel: Kernel<A, B>,
  cases: readonly KernelCase<A, B>[],
): void {
  gpuTest(kernel, cases);
  if (!testsHalf) wasmTest(kernel, cases);
}

/** The same on the GPU alone. */
export function gpuTest<A extends Attributes, B extends string>(
  kernel: Kernel<A, B>,
  cases: readonly KernelCase<A, B>[],
): void {
  if (testsHalf) halfTest(kernel, cases);
  else singleTest(kernel, cases);
}

/** All that may be f16 in each case, and in the first of a kernel with variants also each binding for itself. */
function halfTest<A extends Attributes, B extends string>(
  kernel: Kernel<A, B>,
  cases: readonly KernelCase<A, B>[],
): void {
  const halvesIn = ({ data }: KernelCase<A, B>) =>
    (Object.keys(data) as B[]).filter((name) => kernel.bindings[name]?.half);
  const mixed = cases
    .slice(0, kernel.variants ? 1 : 0)
    .flatMap((each) => halvesIn(each).map((name) => ({ each, halves: [name] })));
  const all = cases.map((each) => ({ each, halves: halvesIn(each) }));
  describe(kernel.name, () => {
    for (const { each, halves } of [...all, ...mixed]) {
      it(`${each.name ?? JSON.stringify(each.attributes)} with ${halves} in half precision`, async () => {
        const expected = await runKernel(cpuBackend('f64'), kernel, each, halves);
        const actual = await runKernel(await sharedGpuBackend(), kernel, each, halves);
        expectEqual(kernel.name, actual, expected, halfTolerance);
      });
    }
  });
}

function singleTest<A extends Attributes, B extends string>(
  kernel: Kernel<A, B>,
  cases: readonly KernelCase<A, B>[],
): void {
  describe(kernel.name, () => {
    for (const each of cases) {
      it(each.name ?? JSON.stringify(each.attributes), async () => {
        const gpu = await sharedGpuBackend();
        const expected = await runKernel(cpuBackend('f64'), kernel, each);
        const actual = await runKernel(gpu, kernel, each);
        expectEqual(kernel.name, actual, expected, each.tolerance);
        const again = await runKernel(gpu, kernel, each);
        expect(again, 'the same bits twice').toEqual(actual);
      });
    }
  });
}

function wasmTest<A extends Attributes, B extends string>(
  kernel: Kernel<A, B>,
  cases: readonly KernelCase<A, B>[],
): void {
  describe(kernel.name, () => {
    for (const each of cases) {
      it(`${each.name ?? JSON.stringify(each.attributes)} in WebAssembly`, async () => {
        const expected = await runKernel(cpuBackend('f64'), kernel, each);
        const results = new Map<string, Map<string, Data>>();
        for (const variant of wasmVariants) {
          const actual = await runKernel(await wasmBackend(variant), kernel, each);
          expectEqual(`${variant}: ${kernel.name}`, actual, expected, each.tolerance);
          results.set(variant, actual);
        }
        const one = results.get('WebAssembly relaxed SIMD');
        expect(results.get('WebAssembly relaxed SIMD, 2 threads'), 'the same bits from two threads').toEqual(one);
      });
    }
  });
}

function expectEqual(
  label: string,
  actual: ReadonlyMap<string, Data>,
  expected: ReadonlyMap<string, Data>,
  tolerance = 2e-5,
): void {
  for (const [name, values] of expected) {
    const difference = largestDifference(actual.get(name) ?? [], values);
    expect(difference, `${label}.${name}`).toBeLessThanOrEqual(tolerance);
  }
}

/** The same for a kernel, and for each of its variants that the adapter supports with the cases that it fits. */
export function familyTest<A extends Attributes, B extends string>(
  kernel: Kernel<A, B>,
  cases: readonly KernelCase<A, B>[],
  variantCases = cases,
): void {
  kernelTest(kernel, cases);
  for (const variant of kernel.variants ?? []) {
    const fitting = variantCases.filter(({ attributes }) => variant.fits(attributes, traits));
    // One text computes in both precisions: of half, some cases will do.
    const enough = testsHalf ? fitting.filter((_, index) => index % 3 === 2) : fitting;
    if (enough.length > 0) gpuTest(variant.kernel, enough);
  }
}

/** What an untuned backend runs on this adapter. */
export function preferredKernel<A extends Attributes, B extends string>(
  kernel: Kernel<A, B>,
  attributes: A,
): Kernel<A, B> {
  return fittingKernels(kernel as Kernel, attributes, traits)[0] as Kernel<A, B>;
}

/** Contents of every binding that the kernel writes, after one call. */
export async function runKernel<A extends Attributes, B extends string>(
  backend: Backend,
  kernel: Kernel<A, B>,
  { attributes, data }: KernelCase<A, B>,
  halves: readonly B[] = [],
): Promise<Map<string, Data>> {
  const ranges: Record<string, Range> = {};
  for (const [name, binding] of Object.entries(kernel.bindings) as [B, Kernel['bindings'][string]][]) {
    const values = data[name];
    if (!values) continue;
    const element = halves.includes(name) ? 'f16' : binding.element;
    const storage: Storage = { label: name, element, length: values.length, uniform: binding.uniform };
    ranges[name] = { storage, offset: 0, length: values.length };
  }
  const owned = Object.values(ranges).map((range) => range.storage);
  const program: Program = {
    label: kernel.name,
    // Without variants, so that the backend runs this very kernel.
    dispatches: [{ kernel: { ...(kernel as Kernel), variants: undefined }, attributes, ranges, stage: 0 }],
    owned,
    shared: [],
    activationBytes: 0,
    activationLowerBoundBytes: 0,
  };
  await backend.allocate(owned);
  for (const [name, range] of Object.entries(ranges)) {
    backend.write(range.storage, typed(data[name as B] ?? [], range.storage.element));
  }
  const executable = await backend.load(program);
  executable.run();
  const results = new Map<string, Data>();
  for (const [name, binding] of Object.entries(kernel.bindings) as [B, Kernel['bindings'][string]][]) {
    if (binding.access !== 'read' && ranges[name]) results.set(name, await backend.read(ranges[name].storage));
  }
  executable.destroy();
  return results;
}

function typed(values: ArrayLike<number>, element: Storage['element']): Data {
  if (element === 'i32') return Int32Array.from(values);
  return element === 'u32' ? Uint32Array.from(values) : Float64Array.from(values);
}
