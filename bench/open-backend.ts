/** Opens the backend that a benchmark runs on. */
import { availableParallelism } from 'node:os';
import { CpuBackend } from '../src/engine/cpu/cpu-backend.ts';
import { WasmEngine } from '../src/engine/cpu/wasm-engine.ts';
import { type OpenedDevice, openDevice } from '../src/engine/gpu/device.ts';
import { GpuBackend } from '../src/engine/gpu/gpu-backend.ts';
import { endlessPatience, watchdogPatience } from '../src/engine/gpu/parts.ts';
import { tuningBudgetMs } from '../src/engine/gpu/tuner.ts';
import type { Backend } from '../src/engine/program/program.ts';
import { type Creations, countCreations } from '../src/testing/count-creations.ts';

export interface OpenBackend {
  readonly backend: Backend;
  readonly adapter: string;
  /** Counts from now on; zero on the CPU, which has nothing to create. */
  readonly creations: Creations;
}

export interface BackendOptions {
  readonly backend: 'webgpu' | 'cpu';
  /** Of the CPU backend: 0 computes in TypeScript; as many as the machine has where left out. */
  readonly threads?: number;
}

export async function openBackend({ backend: kind, threads }: BackendOptions): Promise<OpenBackend> {
  if (kind === 'cpu') return openCpu(threads ?? availableParallelism());
  const { device, adapter, software } = await openBenchDevice();
  const creations = countCreations(device);
  const patience = software ? endlessPatience : watchdogPatience;
  return { backend: new GpuBackend(device, { adapter, budgetMs: tuningBudgetMs }, patience), adapter, creations };
}

/** Dawn's device, and the name of its adapter; a software adapter is called one.
 *  @throws where there is no WebGPU */
export async function openBenchDevice(): Promise<OpenedDevice> {
  // Dawn is loaded only where it is asked for.
  const { gpu } = await import('../src/testing/dawn.ts');
  const opened = await openDevice(gpu);
  if (typeof opened === 'string') throw new Error(`no WebGPU device (${opened}); try --backend cpu`);
  return { ...opened, adapter: opened.software ? `${opened.adapter} (software)` : opened.adapter };
}

async function openCpu(threads: number): Promise<OpenBackend> {
  const wasm = threads > 0 ? await WasmEngine.open({ threads }) : undefined;
  const adapter = `cpu (${wasm?.description ?? 'TypeScript'})`;
  return { backend: new CpuBackend('f32', wasm), adapter, creations: new CountedNothing() };
}

class CountedNothing implements Creations {
  readonly buffers = 0;
  readonly bindGroups = 0;
  readonly pipelines = 0;
  readonly submits = 0;
  readonly storageBytes = 0;
}
