/** The check before the first program of half precision: does this device compute in f16 what it computes in f32? */
import { add } from '../kernels/add.ts';
import { attentionBackwardKeyValue, attentionBackwardQuery, attentionForward } from '../kernels/attention.ts';
import type { Attributes, Data, Kernel } from '../kernels/kernel.ts';
import { matmul, plainMatmul } from '../kernels/matmul.ts';
import type { Dispatch, Program, Storage } from '../program/program.ts';
import { Scratch } from '../program/scratch.ts';
import type { GpuBackend } from './gpu-backend.ts';
import { largestDifference } from './largest-difference.ts';

/** Sums of a few dozen rounded products differ by a tenth of this; a wrong one differs by more. */
const tolerance = 1e-2;

interface Check {
  readonly kernel: Kernel;
  readonly attributes: Attributes;
  /** Elements of each binding that the call has. */
  readonly lengths: Readonly<Record<string, number>>;
}

const size = { rows: 24, columns: 40, inner: 36 };
const operands = { a: 24 * 36, b: 36 * 40, output: 24 * 40 };
const heads = { batch: 1, context: 24, heads: 2, headWidth: 16 };
const attention = { ...heads, causal: 1, limited: 0, dropout: 0, dropoutStream: 0 };
const rows = 2 * 24;
const forward = { qkv: 3 * rows * 16, output: rows * 16, logSumExp: rows };
const backward = { ...forward, outputGradient: rows * 16, rowDot: rows, qkvGradient: 3 * rows * 16 };
const { output: _, ...keyValue } = backward;

const checks: readonly Check[] = [
  ...[{}, { transposeA: 1 }, { transposeB: 1 }].map((layout) => {
    return { kernel: matmul as Kernel, attributes: { ...plainMatmul, ...size, ...layout }, lengths: operands };
  }),
  { kernel: attentionForward as Kernel, attributes: attention, lengths: forward },
  { kernel: attentionBackwardQuery as Kernel, attributes: attention, lengths: backward },
  { kernel: attentionBackwardKeyValue as Kernel, attributes: attention, lengths: keyValue },
];

/** True where products and attention agree with single precision, by the kernels that this device runs first and by the
 *  reference, and numbers that f16 can't hold show as such. */
export async function halfWorks(backend: GpuBackend): Promise<boolean> {
  try {
    for (const check of checks) if (!(await agrees(backend, check))) return false;
    return await overflowShows(backend);
  } catch {
    // What does not even compile is no half precision.
    return false;
  }
}

async function agrees(backend: GpuBackend, check: Check): Promise<boolean> {
  const expected = await results(backend, dispatchOf(check, false), check.kernel);
  const inHalf = dispatchOf(check, true);
  const [preferred] = backend.kernels.kernelsFor(inHalf);
  for (const kernel of new Set([preferred, check.kernel])) {
    if (!(largestDifference(await results(backend, inHalf, kernel), expected) <= tolerance)) return false;
  }
  return true;
}

function dispatchOf({ kernel, attributes, lengths }: Check, inHalf: boolean): Dispatch {
  const ranges = Object.entries(lengths).map(([name, length]) => {
    const element = inHalf && kernel.bindings[name].half ? 'f16' : 'f32';
    return [name, { storage: { label: name, element, length }, offset: 0, length }] as const;
  });
  return { kernel, attributes, ranges: Object.fromEntries(ranges), stage: 0 };
}

async function results(backend: GpuBackend, dispatch: Dispatch, kernel: Kernel): Promise<Data[]> {
  const scratch = new Scratch(backend, dispatch);
  try {
    await scratch.allocate();
    return await scratch.results(kernel);
  } finally {
    scratch.destroy();
  }
}

/** The largest number of f16, and three beyond it: the loss scale rests on what overflows not being finite. */
async function overflowShows(backend: GpuBackend): Promise<boolean> {
  const a: Storage = { label: 'large numbers', element: 'f32', length: 4 };
  const output: Storage = { label: 'large halves', element: 'f16', length: 4 };
  const ranges = { a: { storage: a, offset: 0, length: 4 }, output: { storage: output, offset: 0, length: 4 } };
  const dispatch = { kernel: add as Kernel, attributes: { length: 4, hasB: 0, accumulate: 0 }, ranges, stage: 0 };
  const bytes = { activationBytes: 0, activationLowerBoundBytes: 0 };
  const program: Program = { label: 'overflow', dispatches: [dispatch], owned: [a, output], shared: [], ...bytes };
  const executable = await backend.load(program);
  backend.write(a, Float32Array.of(65_504, 70_000, -1e6, 1e30));
  const [largest, ...beyond] = await executable.runAndRead(output);
  executable.destroy();
  return largest === 65_504 && beyond.every((value) => !Number.isFinite(value));
}
