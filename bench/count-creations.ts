/** Counts what a WebGPU device creates and submits, by wrapping its methods: what a steady step must not do. */

export interface Creations {
  readonly buffers: number;
  readonly bindGroups: number;
  readonly pipelines: number;
  readonly submits: number;
}

/** From now on every creation and submit of `device` is counted; the result is live. */
export function countCreations(device: GPUDevice): Creations {
  const counts = { buffers: 0, bindGroups: 0, pipelines: 0, submits: 0 };
  const count = <T extends object, K extends keyof T>(target: T, method: K, key: keyof typeof counts): void => {
    const original = target[method];
    if (typeof original !== 'function') throw new Error(`${String(method)} is no method`);
    Object.defineProperty(target, method, {
      value: (...values: readonly unknown[]) => {
        counts[key] += 1;
        return original.apply(target, values);
      },
    });
  };
  count(device, 'createBuffer', 'buffers');
  count(device, 'createBindGroup', 'bindGroups');
  count(device, 'createComputePipeline', 'pipelines');
  count(device, 'createComputePipelineAsync', 'pipelines');
  count(device.queue, 'submit', 'submits');
  return counts;
}
