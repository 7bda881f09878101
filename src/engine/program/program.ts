/** A program: the flat list of kernel calls, in stages, that a compiled tape becomes, over named pieces of memory. */
import { type Attributes, type Data, type Element, elementBytes, type Kernel } from '../kernels/kernel.ts';

/** One piece of device memory, by identity. A backend gives it bytes; programs share it by naming it. */
export interface Storage {
  readonly label: string;
  readonly element: Element;
  /** Elements. */
  readonly length: number;
  /** Bound as a uniform somewhere. */
  readonly uniform?: boolean;
}

/** Part of a storage, in elements. */
export interface Range {
  readonly storage: Storage;
  readonly offset: number;
  readonly length: number;
}

/** Offsets of ranges are multiples of this many elements: 256 bytes, WebGPU's default offset alignment, in f16 too. */
export const rangeAlignment = 128;

export interface Dispatch {
  readonly kernel: Kernel;
  readonly attributes: Attributes;
  /** By binding name; an optional binding may be missing. */
  readonly ranges: Readonly<Record<string, Range | undefined>>;
  /** Calls of one stage follow each other and may run at the same time; stages run in turn. */
  readonly stage: number;
}

/** What a dispatch asks for, whenever it runs. */
export type Call = Pick<Dispatch, 'kernel' | 'attributes' | 'ranges'>;

export interface Program {
  readonly label: string;
  readonly dispatches: readonly Dispatch[];
  /** Memory that lives and dies with the program: activation slots and inputs. */
  readonly owned: readonly Storage[];
  /** Memory that outlives it: parameters, gradients, moments, metrics. */
  readonly shared: readonly Storage[];
  /** Bytes of the activation slots. */
  readonly activationBytes: number;
  /** Largest sum of activations alive at once: no plan can need less. */
  readonly activationLowerBoundBytes: number;
}

/** True of memory that holds real numbers, in whatever precision. */
export function isReal({ element }: Storage): boolean {
  return element === 'f32' || element === 'f16';
}

export function storageBytes(storage: Storage): number {
  return storage.length * elementBytes[storage.element];
}

/** Bindings of a call that hold f16. */
export function halvesOf({ ranges }: Pick<Dispatch, 'ranges'>): string[] {
  return Object.keys(ranges).filter((name) => ranges[name]?.storage.element === 'f16');
}

/** Bytes that the program's memory takes once loaded, shared memory included. */
export function programBytes(program: Program): number {
  return [...program.owned, ...program.shared].reduce((sum, storage) => sum + storageBytes(storage), 0);
}

/** Why no program of half precision runs on a device: it computes on the CPU; it has no f16; nobody has checked yet; its
 *  f16 gives wrong results. */
export type HalfRefusal = 'cpu' | 'no-f16' | 'unchecked' | 'wrong-results';

/** Runs programs. All work is ordered: a write or a run takes effect after everything asked for before it. */
export interface Backend {
  readonly kind: 'webgpu' | 'cpu';
  /** Largest single storage, in bytes. */
  readonly storageLimitBytes: number;
  /** Most that one run may take in all, in bytes: a cautious guess, since no browser tells. */
  readonly memoryLimitBytes: number;
  /** Undefined where programs may be of half precision. */
  readonly halfRefusal: HalfRefusal | undefined;
  /** Settles `halfRefusal` by computing a little in both precisions; the first time only. */
  checkHalf(): Promise<void>;
  /** Gives every storage that has none its memory, zeroed.
   *  @throws ProblemError 'out-of-memory' with nothing of this call left allocated. */
  allocate(storages: readonly Storage[]): Promise<void>;
  free(storages: readonly Storage[]): void;
  /** Copies `data` in, from element `offset` on. */
  write(storage: Storage, data: Data, offset?: number): void;
  /** The contents once all work asked for so far is done. */
  read(storage: Storage, offset?: number, length?: number): Promise<Data>;
  /** Finds out how to run a program's calls fastest, within about two seconds; where there is a choice. */
  tune?(program: Program, onProgress?: (done: number, total: number) => void): Promise<void>;
  /** Prepares a program to run: allocates what it lacks and builds its pipelines.
   *  @throws ProblemError 'out-of-memory' or 'compile-failed'. */
  load(program: Program, onProgress?: (done: number, total: number) => void): Promise<Executable>;
  /** Resolves when all work asked for so far is done; yields to the event loop at least once. */
  idle(): Promise<void>;
  /** Resolves with a reason if the device goes away, or a thread that computes; never otherwise. */
  readonly lost: Promise<string>;
  destroy(): void;
}

/** How long a dispatch took that was given to the device by itself. */
export interface DispatchTime {
  /** What it ran, with the kernels that did it: a stage, or one call of it. */
  readonly calls: readonly Dispatch[];
  readonly ms: number;
}

/** One pass, dispatch by dispatch. */
export interface PassTimes {
  readonly dispatches: readonly DispatchTime[];
  /** What measured it: the device, a clock on the host around many repeats of each dispatch, or around each call. */
  readonly clock: 'timestamps' | 'repeats' | 'calls';
}

export interface Executable {
  readonly program: Program;
  /** Dispatches of one pass. On the GPU a stage is one, where the kernels chosen for its calls allow it. */
  readonly dispatches: number;
  /** One pass over the program. On the GPU: one submit, and nothing is created. */
  run(): void;
  /** The same, and a copy of `storage` as it stands after the pass, in the same submit. */
  runAndRead(storage: Storage): Promise<Data>;
  /** One pass in which each dispatch is timed by itself; it may run some of them more than once. */
  time(): Promise<PassTimes>;
  /** Frees what the program owns. */
  destroy(): void;
}
