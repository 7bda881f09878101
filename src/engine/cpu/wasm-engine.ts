/** The WebAssembly kernels, loaded: one module in one memory, with the threads that share it. */
import { ProblemError } from '../problem.ts';
import type { Dispatch, Range } from '../program/program.ts';
import { ThreadPool } from './thread-pool.ts';
import { type WasmFeatures, wasmFeatures } from './wasm-features.ts';
import { type EncodedCall, encodeCall } from './wasm-kernels.ts';
import { WasmMemory } from './wasm-memory.ts';

export interface WasmOptions {
  /** Most threads to use, the caller's included; by default as many as the machine has, up to eight. */
  readonly threads?: number;
  /** Most memory to ask for; by default 2 GiB, what a signed address reaches. */
  readonly memoryBytes?: number;
  /** How long to wait for a thread at the end of a call before it is taken for dead: by default half a minute, where
   *  the longest piece of work takes a second. */
  readonly patienceSeconds?: number;
  /** Features not to use, for tests. */
  readonly without?: readonly (keyof WasmFeatures)[];
}

interface WasmExports {
  heapBase(): number;
  join(index: number, count: number, patienceSeconds: number): void;
  setScratch(shared: number, own: number, ownBytes: number): void;
  sharedBytes(kernel: number, call: number): number;
  ownBytes(kernel: number, call: number): number;
  run(list: number, count: number): void;
}

type Variant = 'simd' | 'simd-threads' | 'relaxed' | 'relaxed-threads';

/** More threads than this gain little on steps of this size. */
const mostThreads = 8;
const usualPatienceSeconds = 30;
const pageBytes = 65536;
const mostBytes = 2 ** 31;

const variants: Readonly<Record<Variant, () => Promise<{ default: string }>>> = {
  simd: () => import('virtual:wasm-kernels/simd'),
  'simd-threads': () => import('virtual:wasm-kernels/simd-threads'),
  relaxed: () => import('virtual:wasm-kernels/relaxed'),
  'relaxed-threads': () => import('virtual:wasm-kernels/relaxed-threads'),
};

/** Calls encoded in the memory, in order. */
export interface EncodedList {
  readonly address: number;
  readonly count: number;
  /** Everything to free with it. */
  readonly pieces: readonly number[];
}

export class WasmEngine {
  readonly memory: WasmMemory;
  private readonly exports: WasmExports;
  private scratch = { sharedBytes: 0, ownBytes: 0, address: -1 };

  private constructor(
    instance: WebAssembly.Instance,
    memory: WebAssembly.Memory,
    /** Those beside the caller. */
    readonly threads: ThreadPool,
    /** True where multiply-adds are fused. */
    readonly relaxed: boolean,
    patienceSeconds: number,
  ) {
    this.exports = readExports(instance.exports);
    this.memory = new WasmMemory(memory, this.exports.heapBase());
    this.exports.join(0, this.threadCount, patienceSeconds);
  }

  get threadCount(): number {
    return this.threads.count + 1;
  }

  /** As 'WebAssembly relaxed SIMD, 2 threads'. */
  get description(): string {
    const count = this.threadCount === 1 ? '1 thread' : `${this.threadCount} threads`;
    return `WebAssembly ${this.relaxed ? 'relaxed SIMD' : 'SIMD'}, ${count}`;
  }

  /** Undefined where the browser lacks what the kernels need. @throws where it forbids them, or has no memory */
  static async open(options: WasmOptions = {}): Promise<WasmEngine | undefined> {
    const { threads, without = [] } = options;
    const found = wasmFeatures();
    const has = (feature: keyof WasmFeatures) => found[feature] && !without.includes(feature);
    if (!has('simd')) return undefined;
    const count = Math.max(1, threads ?? Math.min(mostThreads, globalThis.navigator?.hardwareConcurrency ?? 1));
    if (count > 1 && has('shared')) {
      const engine = await WasmEngine.load(has('relaxed'), count, options).catch(() => undefined);
      if (engine) return engine;
    }
    return WasmEngine.load(has('relaxed'), 1, options);
  }

  private static async load(relaxed: boolean, count: number, options: WasmOptions): Promise<WasmEngine> {
    const { memoryBytes = mostBytes, patienceSeconds = usualPatienceSeconds } = options;
    const variant: Variant = `${relaxed ? 'relaxed' : 'simd'}${count > 1 ? '-threads' : ''}`;
    const base64 = (await variants[variant]()).default;
    const module = await WebAssembly.compile(Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)));
    const memory = new WebAssembly.Memory({ initial: 16, maximum: memoryBytes / pageBytes, shared: count > 1 });
    const instance = await WebAssembly.instantiate(module, { env: { memory } });
    const threads = await ThreadPool.start({ module, memory, count });
    return new WasmEngine(instance, memory, threads, relaxed, patienceSeconds);
  }

  /** Encodes a call, or says that its twin must run. */
  encode(dispatch: Dispatch, address: (range: Range) => number): EncodedCall | undefined {
    return encodeCall(dispatch, address);
  }

  /** Writes calls into the memory, and makes room for their scratch. @throws RangeError where memory is out */
  place(calls: readonly EncodedCall[]): EncodedList {
    const pieces: number[] = [];
    try {
      const list = this.memory.allocate(calls.length * 8);
      pieces.push(list);
      let sharedBytes = 0;
      let ownBytes = 0;
      for (const [index, { kernel, bytes }] of calls.entries()) {
        const call = this.memory.allocate(bytes.length);
        pieces.push(call);
        new Uint8Array(this.memory.buffer).set(bytes, call);
        new Uint32Array(this.memory.buffer, list).set([kernel, call], index * 2);
        sharedBytes = Math.max(sharedBytes, this.exports.sharedBytes(kernel, call));
        ownBytes = Math.max(ownBytes, this.exports.ownBytes(kernel, call));
      }
      this.reserveScratch(sharedBytes, ownBytes);
      return { address: list, count: calls.length, pieces };
    } catch (error) {
      for (const piece of pieces) this.memory.free(piece);
      throw error;
    }
  }

  /** @throws ProblemError 'thread-lost' where a thread has ended, and from then on at every call */
  run({ address, count }: EncodedList): void {
    const { threads } = this;
    try {
      if (threads.loss === undefined) return this.exports.run(address, count);
    } catch (error) {
      if (threads.count === 0) throw error;
      threads.lose(String(error));
    }
    throw new ProblemError({ where: 'backend', code: 'thread-lost', values: { detail: threads.loss ?? '' } });
  }

  free({ pieces }: EncodedList): void {
    for (const piece of pieces) this.memory.free(piece);
  }

  /** Ends the threads; the memory goes with the last reference to it. */
  destroy(): void {
    this.threads.terminate();
  }

  private reserveScratch(sharedBytes: number, ownBytes: number): void {
    const now = this.scratch;
    if (sharedBytes <= now.sharedBytes && ownBytes <= now.ownBytes) return;
    const larger = {
      sharedBytes: Math.max(sharedBytes, now.sharedBytes),
      // Whole cache lines, so that threads don't share one.
      ownBytes: Math.ceil(Math.max(ownBytes, now.ownBytes) / 256) * 256,
    };
    const shared = this.memory.allocate(larger.sharedBytes + larger.ownBytes * this.threadCount + 256);
    const own = Math.ceil((shared + larger.sharedBytes) / 256) * 256;
    this.memory.free(now.address);
    this.scratch = { ...larger, address: shared };
    this.exports.setScratch(shared, own, larger.ownBytes);
  }
}

/** @throws where the module is not the one that wasm/index.ts compiles to */
function readExports(exports: WebAssembly.Exports): WasmExports {
  const entry = (name: keyof WasmExports) => {
    const found = exports[name];
    if (typeof found !== 'function') throw new Error(`the kernels have no ${name}`);
    return (...values: number[]): number => found(...values);
  };
  return {
    heapBase: entry('heapBase'),
    join: entry('join'),
    setScratch: entry('setScratch'),
    sharedBytes: entry('sharedBytes'),
    ownBytes: entry('ownBytes'),
    run: entry('run'),
  };
}
