/** The check of half precision: passes where f16 computes as it should, and sees a kernel that does not. */
import { describe, expect, it } from 'vitest';
import { openTestDevice } from '../../testing/backends.ts';
import { attentionForward } from '../kernels/attention.ts';
import type { Kernel } from '../kernels/kernel.ts';
import { matmul, plainMatmul } from '../kernels/matmul.ts';
import type { Dispatch } from '../program/program.ts';
import { GpuBackend } from './gpu-backend.ts';
import { shapeKey } from './kernel-choice.ts';

// Without subgroups, whose variants lavapipe compiles slowly; they are compared elsewhere.
const { device } = await openTestDevice(['shader-f16']);

function halfCall(kernel: Kernel, attributes: Dispatch['attributes'], names: readonly string[]): Dispatch {
  const range = (label: string) => ({ storage: { label, element: 'f16', length: 4 } as const, offset: 0, length: 4 });
  return { kernel, attributes, ranges: Object.fromEntries(names.map((name) => [name, range(name)])), stage: 0 };
}

/** A backend that runs a kernel with one piece of its text replaced where the check calls it in half precision. */
function backendWith(call: Dispatch, found: string, replacement: string): GpuBackend {
  const backend = new GpuBackend(device);
  const source = call.kernel.source.map((text) => text.replaceAll(found, replacement));
  expect(source).not.toEqual(call.kernel.source);
  backend.kernels.pick(shapeKey(call), [{ ...call.kernel, name: 'replaced', source, variants: undefined }]);
  return backend;
}

async function verdictOf(backend: GpuBackend) {
  expect(backend.halfRefusal).toBe('unchecked');
  await backend.checkHalf();
  return backend.halfRefusal;
}

const product = halfCall(matmul as Kernel, { ...plainMatmul, rows: 24, columns: 40, inner: 36 }, ['a', 'b']);
const attention = {
  batch: 1,
  context: 24,
  heads: 2,
  headWidth: 16,
  causal: 1,
  limited: 0,
  dropout: 0,
  dropoutStream: 0,
};
const read = halfCall(attentionForward as Kernel, attention, ['qkv']);

describe('the check of half precision', () => {
  it('passes on this adapter', async () => {
    expect(await verdictOf(new GpuBackend(device))).toBeUndefined();
  });

  it.each([
    ['a product that is off by a twentieth', product, 'realOutput(v)', 'realOutput(v * 1.05)'],
    ['an overflow in a product', product, 'realOutput(v)', 'realOutput(v + 1e6)'],
    ['attention that leaves out a key', read, 'j < end', 'j + 1u < end'],
  ])('sees %s', async (_, call, found, replacement) => {
    expect(await verdictOf(backendWith(call, found, replacement))).toBe('wrong-results');
  });
});
