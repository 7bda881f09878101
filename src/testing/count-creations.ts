/** Counts what a WebGPU device creates and submits, by wrapping its methods: what a steady step must not do. */

export interface Creations {
  readonly buffers: number;
  readonly bindGroups: number;
  readonly pipelines: number;
  readonly submits: number;
  /** Bytes of all buffers that shaders can read. */
  readonly storageBytes: number;
}

const shaderReadable = 64 | 128;

/** From now on every creation and submit of `device` is counted; the result is live. */
export function countCreations(device: GPUDevice): Creations {
  const counts = { buffers: 0, bindGroups: 0, pipelines: 0, submits: 0, storageBytes: 0 };
  const wrap = <T extends object, K extends keyof T>(target: T, method: K, count: (first: T[K]) => void): void => {
    const original = target[method];
    if (typeof original !== 'function') throw new Error(`${String(method)} is no method`);
    Object.defineProperty(target, method, {
      writable: true,
      value: (...values: T[K][]) => {
        count(values[0]);
        return original.apply(target, values);
      },
    });
  };
  const createBuffer = device.createBuffer.bind(device);
  device.createBuffer = (descriptor) => {
    counts.buffers += 1;
    if (descriptor.usage & shaderReadable) counts.storageBytes += descriptor.size;
    return createBuffer(descriptor);
  };
  wrap(device, 'createBindGroup', () => counts.bindGroups++);
  wrap(device, 'createComputePipeline', () => counts.pipelines++);
  wrap(device, 'createComputePipelineAsync', () => counts.pipelines++);
  wrap(device.queue, 'submit', () => counts.submits++);
  return counts;
}
