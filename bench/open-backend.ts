/** Opens the backend that a benchmark runs on. */
import { create, globals } from 'webgpu';
import { CpuBackend } from '../src/engine/cpu/cpu-backend.ts';
import { openDevice } from '../src/engine/gpu/device.ts';
import { GpuBackend } from '../src/engine/gpu/gpu-backend.ts';
import type { Backend } from '../src/engine/program/program.ts';
import { type Creations, countCreations } from '../src/testing/count-creations.ts';

/** Kept for as long as the process lives: a collected GPU object takes its device with it. */
let gpu: GPU | undefined;

export interface OpenBackend {
  readonly backend: Backend;
  readonly adapter: string;
  /** Counts from now on; zero on the CPU, which has nothing to create. */
  readonly creations: Creations;
}

export async function openBackend(kind: 'webgpu' | 'cpu'): Promise<OpenBackend> {
  if (kind === 'cpu') return { backend: new CpuBackend(), adapter: 'cpu', creations: new CountedNothing() };
  Object.assign(globalThis, globals);
  gpu = create([]);
  const opened = await openDevice(gpu);
  if (typeof opened === 'string') throw new Error(`no WebGPU device (${opened}); try --backend cpu`);
  const creations = countCreations(opened.device);
  const adapter = opened.software ? `${opened.adapter} (software)` : opened.adapter;
  return { backend: new GpuBackend(opened.device), adapter, creations };
}

class CountedNothing implements Creations {
  readonly buffers = 0;
  readonly bindGroups = 0;
  readonly pipelines = 0;
  readonly submits = 0;
  readonly storageBytes = 0;
}
