/** Times dispatches one by one: by the device's own clock, or by repeating each until a clock on the host can tell. */
import type { PassTimes } from '../program/program.ts';
import { timeOneOfMany } from '../program/wall-clock.ts';
import type { StagingPool } from './staging-pool.ts';

/** What a pass needs to do a dispatch. */
export interface ReadyDispatch {
  readonly pipeline: GPUComputePipeline;
  readonly bindGroup: GPUBindGroup;
  /** Which workgroups are meant, where the dispatch is a part of a stage. */
  readonly span?: GPUBindGroup;
  readonly grid: readonly [number, number, number];
}

export interface DispatchTimes {
  readonly ms: readonly number[];
  readonly clock: PassTimes['clock'];
}

/** Dispatches that one query set serves; WebGPU allows 4,096 queries in a set. */
const perSet = 512;
const queryResolve = 512;
const copySource = 4;

export async function timeDispatches(
  device: GPUDevice,
  staging: StagingPool,
  dispatches: readonly ReadyDispatch[],
): Promise<DispatchTimes> {
  if (!device.features.has('timestamp-query')) return timeByRepeats(device, dispatches);
  const ms: number[] = [];
  for (let first = 0; first < dispatches.length; first += perSet) {
    ms.push(...(await timeByTimestamps(device, staging, dispatches.slice(first, first + perSet))));
  }
  return { ms, clock: 'timestamps' };
}

/** One pass for each dispatch, with a timestamp before it and one after it. */
async function timeByTimestamps(
  device: GPUDevice,
  staging: StagingPool,
  dispatches: readonly ReadyDispatch[],
): Promise<number[]> {
  const count = 2 * dispatches.length;
  const querySet = device.createQuerySet({ label: 'dispatch times', type: 'timestamp', count });
  const resolved = device.createBuffer({ label: 'dispatch times', size: count * 8, usage: queryResolve | copySource });
  const encoder = device.createCommandEncoder();
  for (const [index, dispatch] of dispatches.entries()) {
    const timestampWrites = { querySet, beginningOfPassWriteIndex: 2 * index, endOfPassWriteIndex: 2 * index + 1 };
    const pass = encoder.beginComputePass({ timestampWrites });
    encode(pass, dispatch);
    pass.end();
  }
  encoder.resolveQuerySet(querySet, 0, count, resolved, 0);
  const read = staging.copy(encoder, resolved, 'u32', 0, 2 * count);
  device.queue.submit([encoder.finish()]);
  const words = await read();
  querySet.destroy();
  resolved.destroy();
  const nanoseconds = (query: number) => words[2 * query + 1] * 2 ** 32 + words[2 * query];
  return dispatches.map((_, index) => Math.max(0, nanoseconds(2 * index + 1) - nanoseconds(2 * index)) / 1e6);
}

/** What shares a pipeline does the same work on other memory: it is timed once. */
async function timeByRepeats(device: GPUDevice, dispatches: readonly ReadyDispatch[]): Promise<DispatchTimes> {
  const known = new Map<GPUComputePipeline, number>();
  for (const dispatch of dispatches) {
    if (!known.has(dispatch.pipeline)) {
      known.set(dispatch.pipeline, await timeOneOfMany((repeats) => timeRepeats(device, dispatch, repeats)));
    }
  }
  return { ms: dispatches.map(({ pipeline }) => known.get(pipeline) ?? 0), clock: 'repeats' };
}

async function timeRepeats(device: GPUDevice, dispatch: ReadyDispatch, repeats: number): Promise<number> {
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  for (let i = 0; i < repeats; i++) encode(pass, dispatch);
  pass.end();
  await device.queue.onSubmittedWorkDone();
  const startMs = performance.now();
  device.queue.submit([encoder.finish()]);
  await device.queue.onSubmittedWorkDone();
  return performance.now() - startMs;
}

function encode(pass: GPUComputePassEncoder, { pipeline, bindGroup, span, grid }: ReadyDispatch): void {
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, bindGroup);
  if (span) pass.setBindGroup(1, span);
  pass.dispatchWorkgroups(grid[0], grid[1], grid[2]);
}
