/** Opens a WebGPU device with the limits and features the engine uses. */
import type { DeviceTraits } from '../kernels/kernel.ts';

export interface OpenedDevice {
  readonly device: GPUDevice;
  /** Adapter as the browser names it. */
  readonly adapter: string;
  /** True where the adapter is a program on the CPU. */
  readonly software: boolean;
}

/** Why there is no device, in the words of BackendReport.fallbackReason. */
export type DeviceFailure = 'no-webgpu' | 'no-adapter' | 'no-device';

const softwareAdapters = /swiftshader|llvmpipe|lavapipe|softpipe|basic render|warp/i;

const wantedLimits = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxStorageBuffersPerShaderStage',
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
] as const;

const wantedFeatures: readonly GPUFeatureName[] = ['shader-f16', 'subgroups', 'timestamp-query'];

/** @param gpu navigator.gpu, or what the npm package webgpu creates; undefined where there is none
 *  @param wanted features to use where the adapter has them */
export async function openDevice(
  gpu: GPU | undefined,
  wanted: readonly GPUFeatureName[] = wantedFeatures,
): Promise<OpenedDevice | DeviceFailure> {
  if (!gpu) return 'no-webgpu';
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' }).catch(() => null);
  if (!adapter) return 'no-adapter';
  const requiredLimits = Object.fromEntries(wantedLimits.map((name) => [name, adapter.limits[name]]));
  const requiredFeatures = wanted.filter((feature) => adapter.features.has(feature));
  const device = await adapter.requestDevice({ requiredLimits, requiredFeatures }).catch(() => null);
  if (!device) return 'no-device';
  return { device, ...describeAdapter(adapter.info) };
}

/** An adapter's name, and whether it is a program. */
export function describeAdapter(info: GPUAdapterInfo): Pick<OpenedDevice, 'adapter' | 'software'> {
  const { vendor, architecture, device, description, isFallbackAdapter } = info;
  const words = [vendor, architecture, device, description];
  return {
    adapter: description || [...new Set(words.filter(Boolean))].join(' ') || 'unnamed adapter',
    software: isFallbackAdapter || softwareAdapters.test(words.join(' ')),
  };
}

/** What variants of kernels may count on. */
export function deviceTraits({ features, limits, adapterInfo }: GPUDevice): DeviceTraits {
  return {
    subgroupSize: features.has('subgroups') ? adapterInfo.subgroupMinSize : 0,
    workgroupThreads: limits.maxComputeInvocationsPerWorkgroup,
    workgroupBytes: limits.maxComputeWorkgroupStorageSize,
  };
}
