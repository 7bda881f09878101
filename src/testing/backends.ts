/** The backends as the tests use them: Dawn in Node, the twins in float64 or float32, and WebAssembly. */
import { CpuBackend, type Precision } from '../engine/cpu/cpu-backend.ts';
import { WasmEngine, type WasmOptions } from '../engine/cpu/wasm-engine.ts';
import { type OpenedDevice, openDevice } from '../engine/gpu/device.ts';
import { GpuBackend } from '../engine/gpu/gpu-backend.ts';
import { gpu } from './dawn.ts';

/** True in the project of the tests that checks half precision, on an adapter that has it; the other one checks the rest. */
export const testsHalf = process.env.TEST_PRECISION === 'half';

/** A fresh device. @throws where there is none, or it lacks f16 where that is tested: a failure, never a skip. */
export async function openTestDevice(wanted?: readonly GPUFeatureName[]): Promise<OpenedDevice> {
  const opened = await openDevice(gpu, wanted);
  if (typeof opened === 'string') {
    throw new Error(`No WebGPU in Node (${opened}). VK_ICD_FILENAMES must name SwiftShader's or lavapipe's ICD.`);
  }
  if (testsHalf && !opened.device.features.has('shader-f16')) {
    throw new Error(`${opened.adapter} has no f16. Install mesa-vulkan-drivers: half precision is tested on lavapipe.`);
  }
  return opened;
}

let shared: Promise<GpuBackend> | undefined;

/** One GPU backend for a whole test file. */
export function sharedGpuBackend(): Promise<GpuBackend> {
  shared ??= openTestDevice().then(({ device }) => new GpuBackend(device));
  return shared;
}

export function cpuBackend(precision: Precision): CpuBackend {
  return new CpuBackend(precision);
}

const variants = {
  'WebAssembly SIMD': { threads: 1, without: ['relaxed'] },
  'WebAssembly relaxed SIMD': { threads: 1 },
  'WebAssembly relaxed SIMD, 2 threads': { threads: 2 },
} as const satisfies Record<string, WasmOptions>;

export type WasmVariant = keyof typeof variants;
export const wasmVariants = Object.keys(variants) as WasmVariant[];

const opened = new Map<WasmVariant, Promise<CpuBackend>>();

/** One backend of each variant for a whole test file. @throws where Node lacks the variant: never a skip */
export function wasmBackend(variant: WasmVariant): Promise<CpuBackend> {
  const found = opened.get(variant) ?? openWasm(variant);
  opened.set(variant, found);
  return found;
}

async function openWasm(variant: WasmVariant): Promise<CpuBackend> {
  const wasm = await WasmEngine.open(variants[variant]);
  const wanted = variant.endsWith('threads') ? variant : `${variant}, 1 thread`;
  if (wasm?.description !== wanted) throw new Error(`no ${wanted} in Node, but ${wasm?.description}`);
  return new CpuBackend('f32', wasm);
}
