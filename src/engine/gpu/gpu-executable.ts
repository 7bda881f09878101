/** A loaded program on WebGPU: its dispatches, replayed as one compute pass, or as several where it takes long. */
import type { Data } from '../kernels/kernel.ts';
import type { Dispatch, DispatchTime, Executable, PassTimes, Program, Storage } from '../program/program.ts';
import { type ReadyDispatch, timeDispatches } from './dispatch-timer.ts';
import type { GpuBackend } from './gpu-backend.ts';
import type { StagingPool } from './staging-pool.ts';

export interface PreparedDispatch extends ReadyDispatch {
  readonly calls: readonly Dispatch[];
  /** As estimated. */
  readonly ms: number;
}

export class GpuExecutable implements Executable {
  /** @param runs what each submit dispatches */
  constructor(
    private readonly backend: GpuBackend,
    readonly program: Program,
    private readonly runs: readonly (readonly PreparedDispatch[])[],
    private readonly staging: StagingPool,
  ) {}

  get dispatches(): number {
    return this.runs.flat().length;
  }

  run(): void {
    this.submit(this.encodeLast());
  }

  runAndRead(storage: Storage): Promise<Data> {
    const encoder = this.encodeLast();
    const buffer = this.backend.buffer(storage);
    const finish = this.staging.copy(encoder, buffer, storage.element, 0, storage.length);
    this.submit(encoder);
    return finish();
  }

  async time(): Promise<PassTimes> {
    const prepared = this.runs.flat();
    const { ms, clock } = await timeDispatches(this.backend.device, this.staging, prepared);
    const dispatches: DispatchTime[] = [];
    for (const [index, { calls, span }] of prepared.entries()) {
      const last = dispatches.at(-1);
      // Parts of a stage are one.
      if (span && last?.calls === calls) dispatches[dispatches.length - 1] = { calls, ms: last.ms + ms[index] };
      else dispatches.push({ calls, ms: ms[index] });
    }
    return { dispatches, clock };
  }

  destroy(): void {
    this.backend.free(this.program.owned);
  }

  /** Submits all runs but the last, which is left to the caller to submit. */
  private encodeLast(): GPUCommandEncoder {
    const last = this.runs.length - 1;
    for (const run of this.runs.slice(0, last)) this.submit(this.encode(run));
    return this.encode(this.runs[last]);
  }

  private submit(encoder: GPUCommandEncoder): void {
    this.backend.device.queue.submit([encoder.finish()]);
  }

  private encode(run: readonly PreparedDispatch[]): GPUCommandEncoder {
    const encoder = this.backend.device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    let current: GPUComputePipeline | undefined;
    for (const { pipeline, bindGroup, span, grid } of run) {
      if (pipeline !== current) {
        pass.setPipeline(pipeline);
        current = pipeline;
      }
      pass.setBindGroup(0, bindGroup);
      if (span) pass.setBindGroup(1, span);
      pass.dispatchWorkgroups(grid[0], grid[1], grid[2]);
    }
    pass.end();
    return encoder;
  }
}
