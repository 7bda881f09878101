/** The WebGPU backend: storages become buffers, programs become one compute pass, replayed. */
import { type Data, elementBytes, rowGrid } from '../kernels/kernel.ts';
import { ProblemError } from '../problem.ts';
import {
  type Backend,
  type Dispatch,
  type Executable,
  type HalfRefusal,
  halvesOf,
  type Program,
  type Range,
  type Storage,
  storageBytes,
} from '../program/program.ts';
import { bytesOf, wholeWords } from './buffer-bytes.ts';
import { CallTimes } from './call-times.ts';
import { deviceTraits } from './device.ts';
import { GpuExecutable, type PreparedDispatch } from './gpu-executable.ts';
import { halfWorks } from './half-check.ts';
import { KernelChoice } from './kernel-choice.ts';
import { endlessPatience, type Patience, runsOf, spansOf } from './parts.ts';
import { PipelineCache, pipelineKey } from './pipelines.ts';
import type { Call } from './shader.ts';
import { StagingPool } from './staging-pool.ts';
import { type TuneOptions, tune } from './tuner.ts';

/** Usage flags by their numbers in the specification: Node has no global GPUBufferUsage. */
const usage = { copySource: 4, copyDestination: 8, uniform: 64, storage: 128 } as const;

export class GpuBackend implements Backend {
  readonly kind = 'webgpu';
  readonly lost: Promise<string>;
  readonly storageLimitBytes: number;
  readonly memoryLimitBytes: number;
  readonly kernels: KernelChoice;
  readonly times = new CallTimes();
  halfRefusal: HalfRefusal | undefined;
  private readonly buffers = new Map<Storage, GPUBuffer>();
  private readonly pipelines: PipelineCache;
  private readonly staging: StagingPool;

  /** @param tuning where to remember picks and how long to look; without it the preferred variants run
   *  @param patience of whoever watches the device */
  constructor(
    readonly device: GPUDevice,
    private readonly tuning?: Omit<TuneOptions, 'onProgress'>,
    private readonly patience: Patience = endlessPatience,
  ) {
    this.kernels = new KernelChoice(deviceTraits(device));
    this.pipelines = new PipelineCache(device);
    this.staging = new StagingPool(device);
    this.lost = device.lost.then((info) => info.message || info.reason || 'device lost');
    this.storageLimitBytes = Math.min(device.limits.maxStorageBufferBindingSize, device.limits.maxBufferSize);
    this.halfRefusal = device.features.has('shader-f16') ? 'unchecked' : 'no-f16';
    this.memoryLimitBytes = 4 * device.limits.maxBufferSize;
  }

  /** Picks the fastest variants for a program's calls. */
  async tune(program: Program, onProgress?: (done: number, total: number) => void): Promise<void> {
    if (this.tuning) await tune(this, program, { ...this.tuning, onProgress });
  }

  async checkHalf(): Promise<void> {
    if (this.halfRefusal === 'unchecked') this.halfRefusal = (await halfWorks(this)) ? undefined : 'wrong-results';
  }

  async allocate(storages: readonly Storage[]): Promise<void> {
    const missing = [...new Set(storages)].filter((storage) => !this.buffers.has(storage));
    const tooLarge = missing.find((storage) => storageBytes(storage) > this.storageLimitBytes);
    if (tooLarge) throw modelTooLarge(storageBytes(tooLarge), this.storageLimitBytes);
    this.device.pushErrorScope('out-of-memory');
    this.device.pushErrorScope('validation');
    for (const storage of missing) this.buffers.set(storage, this.createBuffer(storage));
    const [validation, memory] = await Promise.all([this.device.popErrorScope(), this.device.popErrorScope()]);
    const error = memory ?? validation;
    if (error) {
      this.free(missing);
      const bytes = missing.reduce((sum, storage) => sum + storageBytes(storage), 0);
      throw new ProblemError({ where: 'model', code: 'out-of-memory', values: { bytes, detail: error.message } });
    }
  }

  free(storages: readonly Storage[]): void {
    for (const storage of storages) {
      this.buffers.get(storage)?.destroy();
      this.buffers.delete(storage);
    }
  }

  write(storage: Storage, data: Data, offset = 0): void {
    const { element } = storage;
    this.device.queue.writeBuffer(this.buffer(storage), offset * elementBytes[element], bytesOf(element, data));
  }

  read(storage: Storage, offset = 0, length = storage.length - offset): Promise<Data> {
    const encoder = this.device.createCommandEncoder();
    const finish = this.staging.copy(encoder, this.buffer(storage), storage.element, offset, length);
    this.device.queue.submit([encoder.finish()]);
    return finish();
  }

  async load(program: Program, onProgress?: (done: number, total: number) => void): Promise<Executable> {
    await this.allocate([...program.owned, ...program.shared]);
    try {
      const groups = await this.build(program, onProgress);
      // A call that the program repeats is prepared once.
      const ready = new Map(groups.map((group) => [group[0].ranges, group]));
      const prepared = new Map([...ready].map(([ranges, group]) => [ranges, this.prepare(group)]));
      const order = await Promise.all(groups.flatMap(([{ ranges }]) => prepared.get(ranges) ?? []));
      return new GpuExecutable(this, program, runsOf(order.flat(), this.patience), this.staging);
    } catch (error) {
      this.free(program.owned);
      if (error instanceof ProblemError) throw error;
      throw new ProblemError({ where: 'backend', code: 'compile-failed', values: { detail: String(error) } });
    }
  }

  async idle(): Promise<void> {
    await this.device.queue.onSubmittedWorkDone();
  }

  destroy(): void {
    this.device.destroy();
  }

  /** The buffer of a storage. @throws if it was never allocated. */
  buffer(storage: Storage): GPUBuffer {
    const buffer = this.buffers.get(storage);
    if (!buffer) throw new Error(`storage ${storage.label} has no memory`);
    return buffer;
  }

  private createBuffer(storage: Storage): GPUBuffer {
    const kind = storage.uniform ? usage.uniform : usage.storage;
    return this.device.createBuffer({
      label: storage.label,
      size: Math.max(16, Math.ceil(storageBytes(storage) / 16) * 16),
      usage: kind | usage.copySource | usage.copyDestination,
    });
  }

  /** Builds the pipelines of a program. A variant that this device's compiler refuses gives way to the next one.
   *  @throws where a reference kernel does not compile */
  private async build(program: Program, onProgress?: (done: number, total: number) => void): Promise<Dispatch[][]> {
    for (;;) {
      const groups = this.kernels.group(program);
      const failed = await this.buildPipelines(groups, onProgress);
      if (!failed) return groups;
      if (!this.kernels.refuse(program, failed.group)) throw failed.error;
    }
  }

  /** The first group that does not compile; undefined where all do. */
  private async buildPipelines(
    groups: readonly (readonly Dispatch[])[],
    onProgress?: (done: number, total: number) => void,
  ): Promise<{ group: readonly Dispatch[]; error: unknown } | undefined> {
    const distinct = [...new Map(groups.map((group) => [pipelineKey(group.map(callOf)), group])).values()];
    let done = 0;
    onProgress?.(done, distinct.length);
    const failures = await Promise.all(
      distinct.map(async (group) => {
        try {
          await this.pipelines.get(group.map(callOf), this.isLong(group));
        } catch (error) {
          return { group, error };
        }
        done += 1;
        onProgress?.(done, distinct.length);
        return undefined;
      }),
    );
    return failures.find((failure) => failure !== undefined);
  }

  /** Milliseconds that a stage takes, as estimated. */
  private estimate(group: readonly Dispatch[]): number {
    return group.reduce((sum, call) => sum + this.times.estimate(call), 0);
  }

  private isLong(group: readonly Dispatch[]): boolean {
    return this.estimate(group) > this.patience.dispatchMs;
  }

  /** The dispatches of a stage: one, or its parts. */
  private async prepare(group: readonly Dispatch[]): Promise<PreparedDispatch[]> {
    const ms = this.estimate(group);
    const { pipeline, layout, shader } = await this.pipelines.get(group.map(callOf), this.isLong(group));
    const entries = shader.bindings.flatMap(({ binding, call, name }) => {
      const range = group[call].ranges[name];
      return range ? [{ binding, resource: this.resource(range) }] : [];
    });
    this.device.pushErrorScope('validation');
    const bindGroup = this.device.createBindGroup({ label: shader.label, layout, entries });
    const error = await this.device.popErrorScope();
    if (error) throw new Error(`${shader.label}: ${error.message}`);
    const ready = { calls: group, pipeline, bindGroup };
    if (!this.isLong(group)) return [{ ...ready, grid: shader.grid, ms }];
    const groups = shader.grid.reduce((product, count) => product * count, 1);
    return spansOf(groups, ms, this.patience).map((span) => ({
      ...{ ...ready, span: this.pipelines.spans.get(span), grid: rowGrid(span.end - span.first) },
      ms: (ms * (span.end - span.first)) / groups,
    }));
  }

  private resource(range: Range): GPUBufferBinding {
    const { storage, offset, length } = range;
    const bytes = elementBytes[storage.element];
    return { buffer: this.buffer(storage), offset: offset * bytes, size: wholeWords(length * bytes) };
  }
}

function callOf({ kernel, attributes, ranges }: Dispatch): Call {
  const given = Object.keys(ranges).filter((name) => ranges[name]);
  return { kernel, attributes, given, halves: halvesOf({ ranges }) };
}

function modelTooLarge(bytes: number, limit: number): ProblemError {
  return new ProblemError({ where: 'model', code: 'model-too-large', values: { bytes, limit } });
}
