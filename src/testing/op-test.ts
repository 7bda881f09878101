/** From one declaration of an op: GPU and WebAssembly against float64 twins, forward and backward, and those against central differences. */
import { describe, expect, it } from 'vitest';
import { compile } from '../engine/autograd/compile.ts';
import { Tape } from '../engine/autograd/tape.ts';
import { fixedTensor, sizeOf, type Tensor } from '../engine/autograd/tensor.ts';
import type { Kernel } from '../engine/kernels/kernel.ts';
import type { Backend, Program, Storage } from '../engine/program/program.ts';
import { cpuBackend, sharedGpuBackend, testsHalf, wasmBackend, wasmVariants } from './backends.ts';
import { halfTolerance, largestDifference, normal } from './numbers.ts';

export interface OpCase {
  readonly name?: string;
  /** Shapes of the differentiable inputs, filled with seeded normal numbers. */
  readonly shapes: Readonly<Record<string, readonly number[]>>;
  /** Inputs that are no parameters: tokens, targets, weights; one axis unless `shapes` of fixed say otherwise. */
  readonly fixed?: Readonly<Record<string, { values: Int32Array | Float64Array; shape: readonly number[] }>>;
  /** Largest difference between GPU and twin, relative to the largest value (at least 1). */
  readonly tolerance?: number;
}

export interface OpTestOptions {
  /** True for a loss: its op knows its inputs' gradients, and the scalar is the sum of its first column. */
  readonly root?: boolean;
  /** Inputs that half precision keeps as f16. */
  readonly halves?: readonly string[];
}

type Build = (tape: Tape, inputs: Readonly<Record<string, Tensor>>) => Tensor;

/** Registers the tests of one op. */
export function opTest(name: string, build: Build, cases: readonly OpCase[], options: OpTestOptions = {}): void {
  if (testsHalf) halfTest(name, build, cases, options);
  else singleTest(name, build, cases, options);
}

function halfTest(name: string, build: Build, cases: readonly OpCase[], options: OpTestOptions): void {
  describe(name, () => {
    for (const each of cases) {
      it(`${each.name ?? JSON.stringify(each.shapes)}: half precision equals the float64 twin`, async () => {
        const recorded = record(build, each, options);
        const expected = await run(cpuBackend('f64'), recorded, each);
        const actual = await run(await sharedGpuBackend(), recorded, each);
        for (const [key, values] of Object.entries(expected)) {
          expect(largestDifference(actual[key], values), key).toBeLessThanOrEqual(halfTolerance);
        }
      });
    }
  });
}

function singleTest(name: string, build: Build, cases: readonly OpCase[], options: OpTestOptions): void {
  describe(name, () => {
    for (const each of cases) {
      const title = each.name ?? JSON.stringify(each.shapes);
      it(`${title}: GPU equals the float64 twin`, async () => {
        const recorded = record(build, each, options);
        const expected = await run(cpuBackend('f64'), recorded, each);
        const gpu = await sharedGpuBackend();
        const actual = await run(gpu, recorded, each);
        for (const [key, values] of Object.entries(expected)) {
          expect(largestDifference(actual[key], values), key).toBeLessThanOrEqual(each.tolerance ?? 2e-5);
        }
        expect(await run(gpu, recorded, each), 'the same bits twice').toEqual(actual);
      });
      it(`${title}: WebAssembly equals the float64 twin`, async () => {
        const recorded = record(build, each, options);
        const expected = await run(cpuBackend('f64'), recorded, each);
        for (const variant of wasmVariants) {
          const actual = await run(await wasmBackend(variant), recorded, each);
          for (const [key, values] of Object.entries(expected)) {
            const difference = largestDifference(actual[key], values);
            expect(difference, `${variant}: ${key}`).toBeLessThanOrEqual(each.tolerance ?? 2e-5);
          }
        }
      });
      it(`${title}: backward equals central differences`, () => checkDifferences(record(build, each, options), each));
    }
  });
}

interface Recorded {
  readonly program: Program;
  readonly output: Storage;
  readonly outputLength: number;
  readonly inputs: Readonly<Record<string, Storage>>;
  readonly gradients: Readonly<Record<string, Storage>>;
  readonly counters: Storage;
  readonly weights: Storage;
  readonly root: boolean;
}

function record(build: Build, each: OpCase, { root = false, halves = [] }: OpTestOptions): Recorded {
  const counters: Storage = { label: 'counters', element: 'u32', length: 4, uniform: true };
  const tape = new Tape(fixedTensor(counters, [4]), testsHalf ? 'f16' : 'f32');
  const inputs: Record<string, Storage> = {};
  const gradients: Record<string, Storage> = {};
  const tensors: Record<string, Tensor> = {};
  for (const [name, shape] of Object.entries(each.shapes)) {
    const length = sizeOf(shape);
    inputs[name] = { label: name, element: testsHalf && halves.includes(name) ? 'f16' : 'f32', length };
    gradients[name] = { label: `${name} gradient`, element: 'f32', length };
    tensors[name] = fixedTensor(inputs[name], shape, 0, fixedTensor(gradients[name], shape));
  }
  for (const [name, { values, shape }] of Object.entries(each.fixed ?? {})) {
    inputs[name] = { label: name, element: values instanceof Int32Array ? 'i32' : 'f32', length: values.length };
    tensors[name] = fixedTensor(inputs[name], shape);
  }
  const built = build(tape, tensors);
  const weights: Storage = { label: 'output weights', element: 'f32', length: built.length };
  if (root) tape.backward(built);
  else {
    const loss = weightedLoss(tape, built, fixedTensor(weights, built.shape));
    tape.backward(loss);
  }
  const owned = [counters, weights, ...Object.values(inputs), ...Object.values(gradients)];
  const compiled = compile(tape.calls, { label: 'op test', inputs: owned, keep: [built] });
  return {
    program: compiled,
    output: compiled.range(built).storage,
    outputLength: built.length,
    inputs,
    gradients,
    counters,
    weights,
    root,
  };
}

/** A root whose gradient with respect to `x` is `weights`: the scalar is Σ weights · x, taken on the host. */
function weightedLoss(tape: Tape, x: Tensor, weights: Tensor): Tensor {
  const loss = tape.activation([1], 'weighted sum');
  tape.node([x], loss, () => tape.contribute(x, weights));
  return loss;
}

async function run(backend: Backend, recorded: Recorded, each: OpCase): Promise<Record<string, Float64Array>> {
  const executable = await backend.load(recorded.program);
  fill(backend, recorded, each);
  executable.run();
  const results: Record<string, Float64Array> = {};
  const output = await backend.read(recorded.output, 0, recorded.outputLength);
  results.output = Float64Array.from(output);
  for (const [name, storage] of Object.entries(recorded.gradients)) {
    results[`gradient of ${name}`] = Float64Array.from(await backend.read(storage));
  }
  executable.destroy();
  return results;
}

function fill(backend: Backend, recorded: Recorded, each: OpCase): void {
  Object.entries(each.shapes).forEach(([name, shape], index) => {
    backend.write(recorded.inputs[name], normal(sizeOf(shape), 11 + index));
  });
  for (const [name, { values }] of Object.entries(each.fixed ?? {})) backend.write(recorded.inputs[name], values);
  backend.write(recorded.weights, normal(recorded.outputLength, 7));
  backend.write(recorded.counters, Uint32Array.of(3, 42, 0, 0));
}

const probe = 1e-5;

/** Every input value when there are few, else an evenly spread 40 of them. */
async function checkDifferences(recorded: Recorded, each: OpCase): Promise<void> {
  const backend = cpuBackend('f64');
  const analytic = await run(backend, recorded, each);
  const executable = await backend.load(recorded.program);
  fill(backend, recorded, each);
  const weights = normal(recorded.outputLength, 7);
  const scalar = async () => {
    executable.run();
    const output = await backend.read(recorded.output, 0, recorded.outputLength);
    let sum = 0;
    for (let i = 0; i < output.length; i += recorded.root ? 2 : 1) sum += output[i] * (recorded.root ? 1 : weights[i]);
    return sum;
  };
  for (const [index, [name, shape]] of Object.entries(each.shapes).entries()) {
    const values = normal(sizeOf(shape), 11 + index);
    const gradient = analytic[`gradient of ${name}`];
    const scale = Math.max(1, ...gradient.map(Math.abs));
    for (let i = 0; i < values.length; i += Math.max(1, Math.floor(values.length / 40))) {
      const shifted = async (by: number) => {
        backend.write(recorded.inputs[name], Float64Array.of(values[i] + by), i);
        return scalar();
      };
      const numeric = ((await shifted(probe)) - (await shifted(-probe))) / (2 * probe);
      backend.write(recorded.inputs[name], Float64Array.of(values[i]), i);
      expect(Math.abs(numeric - gradient[i]) / scale, `${name}[${i}]`).toBeLessThanOrEqual(1e-6);
    }
  }
}

/** Names of the kernels of a program in order, for tests of fusion. */
export function kernelNames(program: Program): string[] {
  return program.dispatches.map((dispatch) => (dispatch.kernel as Kernel).name);
}
