/** What a kernel is: one WGSL entry point and its TypeScript twin, with the bindings and grid both share. */
import { writtenOut } from './written-out.ts';

/** Numbers that fix a kernel's problem: sizes and switches. Each replaces the WGSL const of the same name. */
export type Attributes = Readonly<Record<string, number>>;

export type FloatArray = Float32Array | Float64Array;
export type Data = FloatArray | Int32Array | Uint32Array;

/** What memory holds. 'f16' is what half precision keeps of activations and weights. */
export type Element = 'f32' | 'f16' | 'i32' | 'u32';

export const elementBytes = { f32: 4, f16: 2, i32: 4, u32: 4 } as const satisfies Record<Element, number>;

/** How a kernel uses a binding. 'update' reads what is there and writes it back. */
export type Access = 'read' | 'write' | 'update';

export interface Binding {
  readonly access: Access;
  /** 'f32' is float64 where the twin runs as the tests' oracle. */
  readonly element: 'f32' | 'i32' | 'u32';
  /** True: may hold f16 instead of f32. The WGSL has an alias for its element type, as `realOutput` for `output`. */
  readonly half?: boolean;
  /** Absent in some calls; the WGSL then sees memory of the thread's own that it must not use. */
  readonly optional?: boolean;
  /** Bound as var<uniform>: at most 16 bytes, one vec4. */
  readonly uniform?: boolean;
}

export type Grid = readonly [x: number, y: number, z: number];

export interface Kernel<A extends Attributes = Attributes, B extends string = string> {
  /** Unique; shows in traces and error messages. */
  readonly name: string;
  /** WGSL files in order: libraries first, the kernel's own file last. */
  readonly source: readonly string[];
  readonly entryPoint: string;
  /** In the order of their @binding numbers, all in @group(0). */
  readonly bindings: Readonly<Record<B, Binding>>;
  /** Consts that do not depend on the problem: tile sizes, lanes. */
  readonly tunables?: Attributes;
  /** Consts that follow from the problem and end loops, which are written out where they are short. */
  readonly turns?: (attributes: A) => Attributes;
  /** Workgroups to dispatch, each axis at most 65,535. */
  readonly grid: (attributes: A) => Grid;
  /** The same computation over typed arrays; absent optional bindings are undefined. */
  readonly twin: (attributes: A, data: Readonly<Record<B, Data>>) => void;
  /** Floating-point operations of one call, for benchmarks. */
  readonly flops?: (attributes: A) => number;
  /** Elements that one call reads and writes of the bindings where that is not all of them once, or twice where it
   *  updates them; for benchmarks. */
  readonly moved?: (attributes: A) => Readonly<Partial<Record<B, number>>>;
  /** Other WGSL for the same computation, the ones most likely to be fast first; the kernel itself is the reference
   *  that runs everywhere. All share bindings, attributes, and twin. */
  readonly variants?: readonly Variant<A, B>[];
  /** The part of the attributes that speed depends on, spread over an otherwise plain call; all of them by default. */
  readonly shapeClass?: (attributes: A) => A;
}

/** What a GPU offers that not every GPU has. */
export interface DeviceTraits {
  /** Smallest subgroup that a dispatch may get; 0 without subgroups. */
  readonly subgroupSize: number;
  /** Threads and bytes of memory of a workgroup. */
  readonly workgroupThreads: number;
  readonly workgroupBytes: number;
}

/** As processors have them, and few graphics cards. */
export function hasNarrowSubgroups({ subgroupSize }: DeviceTraits): boolean {
  return subgroupSize > 0 && subgroupSize < 16;
}

export interface Variant<A extends Attributes = Attributes, B extends string = string> {
  readonly kernel: Kernel<A, B>;
  fits(attributes: A, device: DeviceTraits): boolean;
}

/** All kernels that can do a call on a device, in order of preference; the reference comes last. */
export function fittingKernels(kernel: Kernel, attributes: Attributes, device: DeviceTraits): Kernel[] {
  const fitting = kernel.variants?.filter((variant) => variant.fits(attributes, device)) ?? [];
  return [...fitting.map((variant) => variant.kernel), kernel];
}

/** A kernel in workgroups of another size, with the same grid. */
export function resized<A extends Attributes, B extends string>(
  { name, source, entryPoint, tunables, bindings, grid, twin }: Kernel<A, B>,
  changed: Attributes & { readonly threads: number },
): Kernel<A, B> {
  const own = { name: `${name} ${changed.threads} threads`, source, entryPoint, bindings, grid, twin };
  return { ...own, tunables: { ...tunables, ...changed } };
}

/** A kernel in small workgroups too, so that it can share a dispatch with kernels that have such.
 *  @param sizes in the order of preference where subgroups are narrow, and against it elsewhere
 *  @param sized the kernel with so many threads */
export function inSmallWorkgroups<A extends Attributes, B extends string>(
  sizes: readonly number[],
  sized: (threads: number) => Kernel<A, B>,
): Variant<A, B>[] {
  const variant = (threads: number, narrow: boolean): Variant<A, B> => ({
    kernel: sized(threads),
    fits: (_, device) => hasNarrowSubgroups(device) === narrow,
  });
  return [
    ...sizes.map((threads) => variant(threads, true)),
    ...sizes.toReversed().map((threads) => variant(threads, false)),
  ];
}

/** Declares a kernel; the type parameters follow from the twin and the bindings. */
export function defineKernel<A extends Attributes, B extends string>(kernel: Kernel<A, B>): Kernel<A, B> {
  return kernel;
}

const maximumGroupsPerAxis = 65_535;

/** Grid for `groups` workgroups in a row, folded over y where one axis can't hold them.
 *  WGSL finds its number as `workgroup_id.x + workgroup_id.y * num_workgroups.x` and must check it. */
export function rowGrid(groups: number): Grid {
  if (groups <= maximumGroupsPerAxis) return [Math.max(1, groups), 1, 1];
  const rows = Math.ceil(groups / maximumGroupsPerAxis);
  return [Math.ceil(groups / rows), rows, 1];
}

const constPattern = /^const ([A-Z][A-Z0-9_]*)\s*:\s*(u32|i32|f32)\s*=\s*[^;]*;/gm;

/** `blockRows` → `BLOCK_ROWS`. */
function constName(attribute: string): string {
  return attribute.replace(/[A-Z]/g, (capital) => `_${capital}`).toUpperCase();
}

const aliasPattern = /^alias (real\w*) = f32;/gm;

/** WGSL of a kernel with its consts set to `attributes`, and f16 in the bindings `halves`.
 *  @throws if an attribute names no const or a binding no alias: a mistyped name would otherwise leave a default in
 *  force. */
export function specialize(kernel: Kernel, attributes: Attributes, halves: readonly string[] = []): string {
  const turns = kernel.turns?.(attributes) ?? {};
  const text = Object.entries(turns).reduce(
    (written, [name, count]) => writtenOut(written, constName(name), count),
    withConsts(kernel, { ...attributes, ...turns }),
  );
  return enablesFirst(withHalves(kernel, text, halves));
}

/** WGSL of a kernel with its tunables alone, as for any problem. */
export function tuned(kernel: Kernel): string {
  return withConsts(kernel, {});
}

function withConsts(kernel: Kernel, attributes: Attributes): string {
  const values = Object.entries({ ...kernel.tunables, ...attributes });
  const pending = new Map(values.map(([key, value]) => [constName(key), value]));
  const text = kernel.source.join('\n').replace(constPattern, (line, name: string, type: string) => {
    const value = pending.get(name);
    if (value === undefined) return line;
    pending.delete(name);
    return `const ${name}: ${type} = ${literal(value, type)};`;
  });
  if (pending.size > 0) {
    throw new Error(`kernel ${kernel.name}: no const ${[...pending.keys()].join(', ')} in its WGSL`);
  }
  return text;
}

/** `output` → `realOutput`. */
function aliasName(binding: string): string {
  return `real${binding[0].toUpperCase()}${binding.slice(1)}`;
}

/** Arithmetic on f16 goes by `real` alone, what a binding holds by the alias of its own. */
function withHalves(kernel: Kernel, text: string, halves: readonly string[]): string {
  if (halves.length === 0) return text;
  const pending = new Set(['real', ...halves.map(aliasName)]);
  const halved = text.replace(aliasPattern, (line, name: string) => {
    return pending.delete(name) ? `alias ${name} = f16;` : line;
  });
  if (pending.size > 0) throw new Error(`kernel ${kernel.name}: no alias ${[...pending].join(', ')} in its WGSL`);
  return `enable f16;\n${halved}`;
}

/** Moves `enable` directives to the top, where WGSL wants them. */
function enablesFirst(text: string): string {
  const directives = text.match(/^enable .*;$/gm);
  return directives ? `${directives.join('\n')}\n${text.replace(/^enable .*;$/gm, '')}` : text;
}

function literal(value: number, type: string): string {
  if (type === 'f32') {
    const text = Math.fround(value).toString();
    return /[.e]/.test(text) ? `${text}f` : `${text}.0f`;
  }
  if (!Number.isInteger(value)) throw new Error(`${value} is no ${type}`);
  return type === 'u32' ? `${value}u` : `${value}i`;
}
