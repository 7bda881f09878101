/** Runs and times one call of a kernel on memory of its own, with seeded contents. */
import type { Data, Kernel } from '../kernels/kernel.ts';
import { type Backend, type Call, isReal, type Program, type Range, type Storage } from './program.ts';
import { leastInTurns, timeOneOfMany } from './wall-clock.ts';

/** Scratch memory for a call: for every binding that the call gives. */
export class Scratch {
  private readonly ranges: Record<string, Range> = {};

  constructor(
    private readonly backend: Backend,
    private readonly dispatch: Call,
  ) {
    for (const [name, { uniform }] of Object.entries(dispatch.kernel.bindings)) {
      const { length, storage: own } = dispatch.ranges[name] ?? {};
      if (!length || !own) continue;
      const storage: Storage = { label: `tuning ${name}`, element: own.element, length, uniform };
      this.ranges[name] = { storage, offset: 0, length };
    }
  }

  async allocate(): Promise<void> {
    await this.backend.allocate(this.storages);
    this.fill();
  }

  /** The same contents each time. */
  private fill(): void {
    for (const [seed, storage] of this.storages.entries()) {
      this.backend.write(storage, isReal(storage) ? noise(storage.length, seed) : zeros(storage));
    }
  }

  /** Zeroes a binding, where noise would mean something to the kernel. */
  clear(binding: string): void {
    const range = this.ranges[binding];
    if (range) this.backend.write(range.storage, new Float32Array(range.length));
  }

  /** What a kernel writes, whatever another one has left there. */
  async results(kernel: Kernel): Promise<Data[]> {
    this.fill();
    await this.run(kernel, 1);
    const written = Object.entries(kernel.bindings).filter(
      ([name, { access }]) => access !== 'read' && this.ranges[name],
    );
    return Promise.all(written.map(([name]) => this.backend.read(this.ranges[name].storage)));
  }

  /** Runs a kernel, so that it is compiled. */
  async prepare(kernel: Kernel): Promise<void> {
    await this.run(kernel, 1);
  }

  /** Milliseconds of a call by each of `kernels`, all prepared before. They take turns, so that what else the machine does
   *  for a while slows all of them.
   *  @param isUp no more samples than one of each from then on */
  timeInTurns(kernels: readonly Kernel[], isUp?: () => boolean, rounds?: number): Promise<number[]> {
    return leastInTurns(
      kernels.map((kernel) => (calls) => this.run(kernel, calls)),
      isUp,
      rounds,
    );
  }

  /** Milliseconds of a call by itself, without what a submit costs: slower to find out, and right for short calls. */
  timeAlone(kernel: Kernel): Promise<number> {
    return timeOneOfMany((calls) => this.run(kernel, calls));
  }

  /** Mean milliseconds of so many calls in one submit. */
  async timeMean(kernel: Kernel, calls: number): Promise<number> {
    return (await this.run(kernel, calls)) / calls;
  }

  destroy(): void {
    this.backend.free(this.storages);
  }

  private get storages(): Storage[] {
    return Object.values(this.ranges).map((range) => range.storage);
  }

  /** Wall time of `calls` calls in one submit. Timestamp queries are no finer: browsers round them to 0.1 ms. */
  private async run(kernel: Kernel, calls: number): Promise<number> {
    const { attributes } = this.dispatch;
    // Without variants, so that the backend runs this very kernel.
    const dispatch = { kernel: { ...kernel, variants: undefined }, attributes, ranges: this.ranges };
    const program: Program = {
      label: 'tuning',
      dispatches: Array.from({ length: calls }, (_, stage) => ({ ...dispatch, stage })),
      owned: [],
      shared: this.storages,
      activationBytes: 0,
      activationLowerBoundBytes: 0,
    };
    const executable = await this.backend.load(program);
    await this.backend.idle();
    const startMs = performance.now();
    executable.run();
    await this.backend.idle();
    return performance.now() - startMs;
  }
}

function noise(length: number, seed: number): Float32Array {
  const values = new Float32Array(length);
  let state = seed + 1;
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    values[i] = state / 2 ** 31 - 1;
  }
  return values;
}

function zeros({ element, length }: Storage): Data {
  return element === 'i32' ? new Int32Array(length) : new Uint32Array(length);
}
