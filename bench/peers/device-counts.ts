/** Counts what any library asks of WebGPU, by wrapping the methods of the device it is given. */
import { describeAdapter } from '../../src/engine/gpu/device.ts';

export interface DeviceCounts {
  /** Of the last adapter that was asked for; empty where none was. */
  adapter: string;
  software: boolean;
  dispatches: number;
  submits: number;
  /** Bytes of all buffers that were not destroyed; one that is left to the garbage collector counts on. */
  bytes: number;
  peakBytes: number;
}

export const noCounts: DeviceCounts = {
  adapter: '',
  software: false,
  dispatches: 0,
  submits: 0,
  bytes: 0,
  peakBytes: 0,
};

/** Replaces a method of one object by what `replacement` makes of it. */
function wrap<T extends object, K extends keyof T>(target: T, method: K, replacement: (original: T[K]) => T[K]): void {
  const original = target[method];
  if (typeof original !== 'function') throw new Error(`${String(method)} is no method`);
  Object.defineProperty(target, method, { writable: true, value: replacement(original.bind(target)) });
}

/** Every device of `gpu` counts from its first buffer on. */
export function countDevices(gpu: GPU, counts: DeviceCounts): void {
  wrap(gpu, 'requestAdapter', (request) => async (options) => {
    const adapter = await request(options);
    if (!adapter) return null;
    Object.assign(counts, describeAdapter(adapter.info));
    wrap(adapter, 'requestDevice', (open) => async (descriptor) => {
      const device = await open(descriptor);
      countDevice(device, counts);
      return device;
    });
    return adapter;
  });
}

function countDevice(device: GPUDevice, counts: DeviceCounts): void {
  wrap(device.queue, 'submit', (submit) => (buffers) => {
    counts.submits += 1;
    return submit(buffers);
  });
  wrap(device, 'createBuffer', (create) => (descriptor) => {
    const buffer = create(descriptor);
    counts.bytes += descriptor.size;
    counts.peakBytes = Math.max(counts.peakBytes, counts.bytes);
    let alive = true;
    wrap(buffer, 'destroy', (destroy) => () => {
      if (alive) counts.bytes -= descriptor.size;
      alive = false;
      return destroy();
    });
    return buffer;
  });
  wrap(device, 'createCommandEncoder', (create) => (descriptor) => {
    const encoder = create(descriptor);
    wrap(encoder, 'beginComputePass', (begin) => (options) => {
      const pass = begin(options);
      wrap(pass, 'dispatchWorkgroups', (dispatch) => (x, y, z) => {
        counts.dispatches += 1;
        return dispatch(x, y, z);
      });
      return pass;
    });
    return encoder;
  });
}
