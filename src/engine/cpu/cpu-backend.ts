/** The CPU backend: the same programs replayed over typed arrays, by WebAssembly kernels where there are, else by twins. */
import { type Data, elementBytes } from '../kernels/kernel.ts';
import { ProblemError } from '../problem.ts';
import { roundToHalves } from '../program/half.ts';
import {
  type Backend,
  type Dispatch,
  type Executable,
  halvesOf,
  isReal,
  type PassTimes,
  type Program,
  type Range,
  type Storage,
  storageBytes,
} from '../program/program.ts';
import type { EncodedList, WasmEngine } from './wasm-engine.ts';
import type { EncodedCall } from './wasm-kernels.ts';

/** 'f32' is the fallback of the page; 'f64' is the oracle of the tests. */
export type Precision = 'f32' | 'f64';

/** Neighbouring calls that the same side performs. */
type Part =
  | { readonly by: 'wasm'; readonly list: EncodedList }
  | { readonly by: 'twins'; readonly dispatches: readonly Dispatch[] };

export class CpuBackend implements Backend {
  readonly kind = 'cpu';
  readonly lost: Promise<string>;
  readonly storageLimitBytes = 2 ** 30;
  readonly memoryLimitBytes = 2 ** 31;
  readonly halfRefusal = 'cpu';
  private readonly arrays = new Map<Storage, Data>();
  /** Of storages in WebAssembly memory: a view forgets where it was once the memory has grown. */
  private readonly addresses = new Map<Storage, number>();

  /** @param wasm holds all storages and performs what it can; only for 'f32' */
  constructor(
    readonly precision: Precision = 'f32',
    readonly wasm?: WasmEngine,
  ) {
    this.lost = wasm?.threads.lost ?? new Promise(() => {});
  }

  async checkHalf(): Promise<void> {}

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
      throw outOfMemory(storages, error);
    }
  }

  free(storages: readonly Storage[]): void {
    for (const storage of storages) {
      this.wasm?.memory.free(this.addresses.get(storage) ?? -1);
      this.addresses.delete(storage);
      this.arrays.delete(storage);
    }
  }

  write(storage: Storage, data: Data, offset = 0): void {
    const array = this.array(storage);
    array.set(data, offset);
    if (storage.element === 'f16') roundToHalves(array.subarray(offset, offset + data.length));
  }

  async read(storage: Storage, offset = 0, length = storage.length - offset): Promise<Data> {
    return this.array(storage).slice(offset, offset + length);
  }

  async load(program: Program, onProgress?: (done: number, total: number) => void): Promise<Executable> {
    const storages = [...program.owned, ...program.shared];
    const fresh = storages.filter((storage) => !this.arrays.has(storage));
    await this.allocate(storages);
    try {
      const parts = this.split(program.dispatches);
      onProgress?.(program.dispatches.length, program.dispatches.length);
      return new CpuExecutable(this, program, parts);
    } catch (error) {
      this.free(fresh);
      throw outOfMemory(storages, error);
    }
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
    this.wasm?.destroy();
  }

  /** Contents of a range, by reference. */
  view({ storage, offset, length }: Range): Data {
    return this.array(storage).subarray(offset, offset + length);
  }

  private array(storage: Storage): Data {
    const array = this.arrays.get(storage);
    if (!array) throw new Error(`storage ${storage.label} has no memory`);
    // Memory that has grown leaves the views on it behind.
    if (!this.wasm || array.buffer === this.wasm.memory.buffer) return array;
    const renewed = view(storage, this.wasm.memory.buffer, this.addresses.get(storage) ?? 0);
    this.arrays.set(storage, renewed);
    return renewed;
  }

  private create(storage: Storage): Data {
    // Half precision is kept as numbers of full size that are rounded: the oracle of the tests has it, the page has not.
    const bytes = storage.length * elementBytes.f32;
    if (this.wasm) {
      const address = this.wasm.memory.allocate(bytes);
      this.addresses.set(storage, address);
      return view(storage, this.wasm.memory.buffer, address);
    }
    if (isReal(storage) && this.precision === 'f64') return new Float64Array(storage.length);
    return view(storage, new ArrayBuffer(bytes), 0);
  }

  /** Hands each call to WebAssembly, or to its twin where that lacks it. @throws RangeError where memory is out */
  split(dispatches: readonly Dispatch[]): Part[] {
    const { wasm } = this;
    if (!wasm) return [{ by: 'twins', dispatches }];
    const address = ({ storage, offset }: Range) => (this.addresses.get(storage) ?? 0) + offset * 4;
    const parts: Part[] = [];
    let encoded: EncodedCall[] = [];
    let twins: Dispatch[] = [];
    const close = () => {
      if (encoded.length > 0) parts.push({ by: 'wasm', list: wasm.place(encoded) });
      if (twins.length > 0) parts.push({ by: 'twins', dispatches: twins });
      [encoded, twins] = [[], []];
    };
    for (const dispatch of dispatches) {
      const call = wasm.encode(dispatch, address);
      if (call ? twins.length > 0 : encoded.length > 0) close();
      if (call) encoded.push(call);
      else twins.push(dispatch);
    }
    close();
    return parts;
  }
}

function view({ element, length }: Storage, buffer: ArrayBufferLike, address: number): Data {
  if (element === 'i32') return new Int32Array(buffer, address, length);
  return element === 'u32' ? new Uint32Array(buffer, address, length) : new Float32Array(buffer, address, length);
}

function outOfMemory(storages: readonly Storage[], error: unknown): ProblemError {
  const bytes = storages.reduce((sum, storage) => sum + storageBytes(storage), 0);
  return new ProblemError({ where: 'model', code: 'out-of-memory', values: { bytes, detail: String(error) } });
}

class CpuExecutable implements Executable {
  constructor(
    private readonly backend: CpuBackend,
    readonly program: Program,
    private readonly parts: readonly Part[],
  ) {}

  get dispatches(): number {
    return this.program.dispatches.length;
  }

  run(): void {
    for (const part of this.parts) this.perform(part);
  }

  async time(): Promise<PassTimes> {
    const dispatches = this.program.dispatches.map((dispatch) => {
      const [part] = this.backend.split([dispatch]);
      const startMs = performance.now();
      this.perform(part);
      const ms = performance.now() - startMs;
      this.release([part]);
      return { calls: [dispatch], ms };
    });
    return { dispatches, clock: 'calls' };
  }

  async runAndRead(storage: Storage): Promise<Data> {
    this.run();
    // Copied now: by the time others have had their turn, another pass may have written it.
    const copy = this.backend.read(storage);
    await this.backend.idle();
    return copy;
  }

  destroy(): void {
    this.release(this.parts);
    this.backend.free(this.program.owned);
  }

  private release(parts: readonly Part[]): void {
    for (const part of parts) if (part.by === 'wasm') this.backend.wasm?.free(part.list);
  }

  private perform(part: Part): void {
    if (part.by === 'wasm') this.backend.wasm?.run(part.list);
    else for (const dispatch of part.dispatches) this.callTwin(dispatch);
  }

  private callTwin({ kernel, attributes, ranges }: Dispatch): void {
    const data: Record<string, Data> = {};
    for (const [name, range] of Object.entries(ranges)) if (range) data[name] = this.backend.view(range);
    kernel.twin(attributes, data);
    for (const name of halvesOf({ ranges })) if (kernel.bindings[name].access !== 'read') roundToHalves(data[name]);
  }
}
