/** The CPU backend: the same programs replayed over typed arrays by the kernels' twins. */
import type { Attributes, Data, Kernel } from '../kernels/kernel.ts';
import { ProblemError } from '../problem.ts';
import { type Backend, type Executable, type Program, type Storage, storageBytes } from '../program/program.ts';

/** 'f32' is the fallback of the page; 'f64' is the oracle of the tests. */
export type Precision = 'f32' | 'f64';

/** Twin, its attributes and its views, ready to call. */
interface PreparedCall {
  readonly kernel: Kernel;
  readonly attributes: Attributes;
  readonly data: Record<string, Data>;
}

export class CpuBackend implements Backend {
  readonly kind = 'cpu';
  readonly lost = new Promise<string>(() => {});
  readonly storageLimitBytes = 2 ** 30;
  readonly memoryLimitBytes = 2 ** 31;
  private readonly arrays = new Map<Storage, Data>();

  constructor(readonly precision: Precision = 'f32') {}

  async allocate(storages: readonly Storage[]): Promise<void> {
    const created: Storage[] = [];
    try {
      for (const storage of storages) {
        if (this.arrays.has(storage)) continue;
        this.arrays.set(storage, this.create(storage));
        created.push(storage);
      }
    } catch (error) {
      this.free(created);
      const bytes = storages.reduce((sum, storage) => sum + storageBytes(storage), 0);
      throw new ProblemError({ where: 'model', code: 'out-of-memory', values: { bytes, detail: String(error) } });
    }
  }

  free(storages: readonly Storage[]): void {
    for (const storage of storages) this.arrays.delete(storage);
  }

  write(storage: Storage, data: Data, offset = 0): void {
    this.array(storage).set(data, offset);
  }

  async read(storage: Storage, offset = 0, length = storage.length - offset): Promise<Data> {
    return this.array(storage).slice(offset, offset + length);
  }

  async load(program: Program, onProgress?: (done: number, total: number) => void): Promise<Executable> {
    await this.allocate([...program.owned, ...program.shared]);
    const calls = program.dispatches.map(({ kernel, attributes, ranges }): PreparedCall => {
      const data: Record<string, Data> = {};
      for (const [name, range] of Object.entries(ranges)) {
        if (range) data[name] = this.array(range.storage).subarray(range.offset, range.offset + range.length);
      }
      return { kernel, attributes, data };
    });
    onProgress?.(calls.length, calls.length);
    return new CpuExecutable(this, program, calls);
  }

  /** A macrotask: messages that wait for the worker are handled before it goes on. */
  idle(): Promise<void> {
    return new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resolve();
      };
      port2.postMessage(null);
    });
  }

  destroy(): void {
    this.arrays.clear();
  }

  private array(storage: Storage): Data {
    const array = this.arrays.get(storage);
    if (!array) throw new Error(`storage ${storage.label} has no memory`);
    return array;
  }

  private create(storage: Storage): Data {
    if (storage.element === 'i32') return new Int32Array(storage.length);
    if (storage.element === 'u32') return new Uint32Array(storage.length);
    return this.precision === 'f64' ? new Float64Array(storage.length) : new Float32Array(storage.length);
  }
}

class CpuExecutable implements Executable {
  constructor(
    private readonly backend: CpuBackend,
    readonly program: Program,
    private readonly calls: readonly PreparedCall[],
  ) {}

  run(): void {
    for (const { kernel, attributes, data } of this.calls) kernel.twin(attributes, data);
  }

  async runAndRead(storage: Storage): Promise<Data> {
    this.run();
    await this.backend.idle();
    return this.backend.read(storage);
  }

  destroy(): void {
    this.backend.free(this.program.owned);
  }
}
