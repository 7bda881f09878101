/** The two backends as the tests use them: Dawn in Node, and the twins in float64 or float32. */
import { create, globals } from 'webgpu';
import { CpuBackend, type Precision } from '../engine/cpu/cpu-backend.ts';
import { type OpenedDevice, openDevice } from '../engine/gpu/device.ts';
import { GpuBackend } from '../engine/gpu/gpu-backend.ts';

Object.assign(globalThis, globals);

// Dawn destroys the device of a GPU object that is collected, so this one lives as long as the process.
const gpu = create([]);

/** A fresh device. @throws where there is none: a run without WebGPU is a failure, never a skip. */
export async function openTestDevice(): Promise<OpenedDevice> {
  const opened = await openDevice(gpu);
  if (typeof opened === 'string') {
    throw new Error(`No WebGPU in Node (${opened}). VK_ICD_FILENAMES must name SwiftShader's or lavapipe's ICD.`);
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
