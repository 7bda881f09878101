/** Measures what an adapter can do at best, so that the speed of kernels can be told as a share of it. */
import type { GpuBackend } from '../src/engine/gpu/gpu-backend.ts';
import { Scratch } from '../src/engine/gpu/scratch.ts';
import { type Attributes, type Kernel, rowGrid } from '../src/engine/kernels/kernel.ts';
import source from './roofline.wgsl?raw';

export interface Roofline {
  readonly multiplyAddGflops: number;
  readonly copyGigabytesPerSecond: number;
  readonly workgroupMemoryGigabytesPerSecond: number;
  readonly emptyDispatchMs: number;
}

const threads = 16_384;
const rounds = 64;
/** Elements that the copy moves: 32 MiB each way, larger than most caches. */
const copied = 2 ** 23;

function probe(entryPoint: string, groups: number): Kernel {
  return {
    name: `probe ${entryPoint}`,
    source: [source],
    entryPoint,
    bindings: { x: { access: 'read', element: 'f32' }, y: { access: 'write', element: 'f32' } },
    grid: () => rowGrid(groups),
    twin: () => {
      throw new Error('probes run on the GPU only');
    },
  };
}

async function timeProbe(backend: GpuBackend, kernel: Kernel, attributes: Attributes, length: number): Promise<number> {
  const range = (label: string) => ({ storage: { label, element: 'f32', length } as const, offset: 0, length });
  const scratch = new Scratch(backend, { kernel, attributes, ranges: { x: range('x'), y: range('y') }, stage: 0 });
  await scratch.allocate();
  const ms = await scratch.time(kernel, Number.POSITIVE_INFINITY);
  scratch.destroy();
  return ms;
}

export async function measureRoofline(backend: GpuBackend): Promise<Roofline> {
  const sizes = { length: threads, rounds };
  const multiplyAddMs = await timeProbe(backend, probe('multiply_add', threads / 64), sizes, threads * 4);
  const copyMs = await timeProbe(backend, probe('copy', copied / 256), { length: copied / 4, rounds }, copied);
  const workgroupMs = await timeProbe(backend, probe('workgroup_memory', threads / 64), sizes, threads * 4);
  const emptyMs = await timeProbe(backend, probe('empty', 1), { length: 1, rounds }, 4);
  return {
    multiplyAddGflops: (threads * rounds * 64) / multiplyAddMs / 1e6,
    copyGigabytesPerSecond: (2 * copied * 4) / copyMs / 1e6,
    workgroupMemoryGigabytesPerSecond: (threads * rounds * 32) / workgroupMs / 1e6,
    emptyDispatchMs: emptyMs,
  };
}
