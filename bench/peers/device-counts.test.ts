/** Counting by wrapped methods, on a device of Dawn's. */

import { expect, it } from 'vitest';
import { gpu } from '../../src/testing/dawn.ts';
import { countDevices, noCounts } from './device-counts.ts';

it('counts dispatches, submits, and the most bytes that buffers took at once', async () => {
  const counts = { ...noCounts };
  countDevices(gpu, counts);
  const adapter = await gpu.requestAdapter();
  const device = await adapter!.requestDevice();
  expect(counts.adapter).not.toBe('');

  const usage = GPUBufferUsage.STORAGE;
  const [first] = [device.createBuffer({ size: 256, usage }), device.createBuffer({ size: 64, usage })];
  first.destroy();
  first.destroy();
  device.createBuffer({ size: 16, usage });
  expect(counts).toMatchObject({ bytes: 80, peakBytes: 320 });

  const module = device.createShaderModule({ code: '@compute @workgroup_size(1) fn main() {}' });
  const pipeline = device.createComputePipeline({ layout: 'auto', compute: { module } });
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  pass.dispatchWorkgroups(1);
  pass.dispatchWorkgroups(2, 1);
  pass.end();
  device.queue.submit([encoder.finish()]);
  await device.queue.onSubmittedWorkDone();
  expect(counts).toMatchObject({ dispatches: 2, submits: 1 });
  device.destroy();
});
