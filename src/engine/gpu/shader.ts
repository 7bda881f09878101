/** The WGSL of one dispatch: a kernel's own, or that of several independent kernels side by side, or in parts. */
import { type Attributes, type Grid, type Kernel, rowGrid, specialize, tuned } from '../kernels/kernel.ts';

/** A kernel call as a shader sees it. */
export interface Call {
  readonly kernel: Kernel;
  readonly attributes: Attributes;
  /** Bindings that the call has; those that it leaves out must be optional. */
  readonly given: readonly string[];
  /** Those of them that hold f16; none where it is left out. */
  readonly halves?: readonly string[];
}

export interface ShaderBinding {
  readonly binding: number;
  readonly type: GPUBufferBindingType;
  /** Whose it is: index into the calls, and the name there. */
  readonly call: number;
  readonly name: string;
}

export interface Shader {
  readonly label: string;
  readonly code: string;
  readonly entryPoint: string;
  readonly bindings: readonly ShaderBinding[];
  /** Of a dispatch of all workgroups. */
  readonly grid: Grid;
}

/** Between the binding numbers of neighbouring calls. */
const bindingStride = 16;

/** A kernel that can run a call, and what that would cost: milliseconds, or anything that grows as they do. */
export interface Choice {
  readonly kernel: Kernel;
  readonly cost: number;
}

/** One kernel for each call, from those that can run it, the cheapest first: such that all have workgroups of one size,
 *  at the least cost in all. Undefined where there is no such size. */
export function sharedWorkgroup(choices: readonly (readonly Choice[])[]): readonly Kernel[] | undefined {
  const sizes = choices.map((each) => each.map(({ kernel }) => workgroupThreads(kernel)));
  const ranks = [...new Set(sizes[0])].map((size) => sizes.map((each) => each.indexOf(size)));
  const possible = ranks.filter((each) => each.every((rank) => rank >= 0));
  const costOf = (each: readonly number[]) => sum(each.map((rank, call) => choices[call][rank].cost));
  const best = possible.sort((a, b) => costOf(a) - costOf(b)).at(0);
  return best?.map((rank, call) => choices[call][rank].kernel);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** The shader of calls that don't depend on each other; `inParts`, each dispatch does the workgroups that `span` names.
 *  @throws if a call lacks a binding that its kernel needs, or their workgroups differ in size */
export function buildShader(calls: readonly Call[], inParts = false): Shader {
  const bindings = calls.flatMap((call, index) => bindingsOf(call, index));
  const label = calls.map(({ kernel }) => kernel.name).join(' + ');
  const texts = calls.map((call, index) =>
    bindOnly(call, specialize(call.kernel, call.attributes, call.halves), index),
  );
  if (calls.length === 1 && !inParts) {
    const [{ kernel, attributes }] = calls;
    return { label, code: texts[0], entryPoint: kernel.entryPoint, bindings, grid: kernel.grid(attributes) };
  }
  const parts = texts.map((text, index) => renamed(text, calls[index], index));
  const sizes = new Set(calls.map(({ kernel }) => workgroupThreads(kernel)));
  if (sizes.size > 1) throw new Error(`no common workgroup for ${label}`);
  const total = sum(parts.map(({ groups }) => groups));
  const code = [...parts.map(({ text }) => text), entry(parts, [...sizes][0], inParts)].join('\n');
  return { label, code: directivesFirst(code), entryPoint: 'side_by_side', bindings, grid: rowGrid(total) };
}

function bindingsOf({ kernel, given }: Call, call: number): ShaderBinding[] {
  return Object.entries(kernel.bindings).flatMap(([name, { access, uniform, optional }], index) => {
    if (!given.includes(name)) {
      if (!optional) throw new Error(`${kernel.name} lacks ${name}`);
      return [];
    }
    const storage = access === 'read' ? 'read-only-storage' : 'storage';
    return [{ binding: call * bindingStride + index, type: uniform ? 'uniform' : storage, call, name }];
  });
}

/** Enough for every index that kernels have as a number in their text. */
const privateElements = 16;

const declaration = /^@group\(0\) @binding\((\d+)\) (var<[^>]*>) (\w+): ([^;]*);/gm;

/** Numbers the bindings of a call, and gives the thread memory of its own for what it leaves out and must not use. */
function bindOnly({ kernel, given }: Call, text: string, call: number): string {
  const names = Object.keys(kernel.bindings);
  return text.replace(declaration, (_, number: string, space: string, variable: string, type: string) => {
    if (given.includes(names[Number(number)])) {
      return `@group(0) @binding(${call * bindingStride + Number(number)}) ${space} ${variable}: ${type};`;
    }
    return `var<private> ${variable}: ${type.replace(/^array<(.*)>$/, `array<$1, ${privateElements}>`)};`;
  });
}

/** A kernel's module with names of its own, its entry point as a function. */
interface Part {
  readonly text: string;
  readonly groups: number;
  /** How a workgroup of the shader calls it. */
  readonly invocation: string;
  readonly builtins: readonly string[];
}

const moduleNames = /^(?:@group\(0\) @binding\(\d+\) )?(?:const|alias|struct|fn|var(?:<[^>]*>)?) (\w+)/gm;

function renamed(source: string, { kernel, attributes }: Call, call: number): Part {
  const names = new Set([...source.matchAll(moduleNames)].map(([, name]) => name));
  // Members of a vector or struct keep theirs.
  const own = new RegExp(`(?<![.\\w])(${[...names].join('|')})\\b`, 'g');
  const { head, sizes, parameters } = findEntry(kernel, source);
  const builtins = [...parameters.matchAll(/@builtin\((\w+)\)/g)].map(([, name]) => name);
  const plain = parameters.replace(/@builtin\(\w+\) /g, '');
  const text = source.replace(head, `fn ${kernel.entryPoint}(${plain}) {`).replace(own, `$1_${call}`);
  const grid = kernel.grid(attributes);
  const values = builtins.map((name) => builtinValue(name, grid, sizes));
  return {
    text,
    groups: grid[0] * grid[1] * grid[2],
    invocation: `${kernel.entryPoint}_${call}(${values.join(', ')})`,
    builtins,
  };
}

interface Entry {
  /** Its text up to the body. */
  readonly head: string;
  /** Of a workgroup, along each axis. */
  readonly sizes: readonly number[];
  readonly parameters: string;
}

function findEntry({ name, entryPoint }: Kernel, source: string): Entry {
  const pattern = new RegExp(`@compute @workgroup_size\\(([^)]*)\\)\\s*fn ${entryPoint}\\(([\\s\\S]*?)\\) \\{`);
  const [head, size = '', parameters = ''] = pattern.exec(source) ?? [];
  if (!head) throw new Error(`${name} has no entry point ${entryPoint}`);
  const sizes = [1, 1, 1].map((one, axis) => constant(source, size.split(',')[axis]?.trim()) ?? one);
  return { head, sizes, parameters };
}

function workgroupThreads(kernel: Kernel): number {
  return findEntry(kernel, tuned(kernel)).sizes.reduce((product, size) => product * size, 1);
}

/** A workgroup size as a number: written so, or as the name of a const. */
function constant(source: string, text: string | undefined): number | undefined {
  if (!text) return undefined;
  const value = new RegExp(`^const ${text}(?::\\s*u32)?\\s*=\\s*(\\d+)u?;`, 'm').exec(source)?.[1] ?? text;
  return Number.parseInt(value, 10);
}

/** A builtin of a part from the `thread` in its workgroup and the `number` of that workgroup in the part. */
function builtinValue(name: string, [x, y]: Grid, [width, height]: readonly number[]): string {
  const group = `vec3<u32>(number % ${x}u, number / ${x}u % ${y}u, number / ${x * y}u)`;
  const local = `vec3<u32>(thread % ${width}u, thread / ${width}u % ${height}u, thread / ${width * height}u)`;
  switch (name) {
    case 'workgroup_id':
      return group;
    case 'local_invocation_id':
      return local;
    case 'global_invocation_id':
      return `${group} * vec3<u32>(${width}u, ${height}u, 1u) + ${local}`;
    case 'local_invocation_index':
      return 'thread';
    case 'subgroup_invocation_id':
      return 'lane';
    case 'num_workgroups':
      return `vec3<u32>(${x}u, ${y}u, 1u)`;
    default:
      throw new Error(`no way to give a part its ${name}`);
  }
}

/** The workgroups [x, y) that one of several dispatches does; numbers beyond come of folded grids. */
const spanDeclaration = '@group(1) @binding(0) var<uniform> span: vec2<u32>;\n';
const ownSpan = '  number += span.x;\n  if (number >= span.y) { return; }\n';

/** Products of greater numbers with one another don't fit u32. */
const mostDealt = 65_535;

/** WGSL that calls the part whose turn workgroup `number` is. Parts take turns in proportion to their workgroups: some
 *  devices give each core a share of neighbours, which then all take about equally long. */
function deal([{ groups, invocation }, ...others]: readonly Part[]): string {
  if (others.length === 0) return `${invocation};`;
  const total = groups + sum(others.map((part) => part.groups));
  const rest = `number -= turn;\n  ${deal(others)}`;
  if (total > mostDealt) return `if (number < ${groups}u) { ${invocation}; } else { let turn = ${groups}u; ${rest} }`;
  return `{ let turn = number * ${groups}u / ${total}u;
  if ((number + 1u) * ${groups}u / ${total}u > turn) { number = turn; ${invocation}; } else { ${rest} }
  }`;
}

function entry(parts: readonly Part[], threads: number, inParts: boolean): string {
  const usesLane = parts.some(({ builtins }) => builtins.includes('subgroup_invocation_id'));
  const total = sum(parts.map(({ groups }) => groups));
  return `${inParts ? spanDeclaration : ''}@compute @workgroup_size(${threads})
fn side_by_side(
  @builtin(local_invocation_index) thread: u32,
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) count: vec3<u32>,
${usesLane ? '  @builtin(subgroup_invocation_id) lane: u32,\n' : ''}) {
  var number = group.x + group.y * count.x;
${inParts ? ownSpan : ''}  if (number < ${total}u) { ${deal(parts)} }
}
`;
}

/** Moves `enable` directives to the top, where WGSL wants them. */
function directivesFirst(text: string): string {
  const directives = new Set(text.match(/^enable .*;$/gm) ?? []);
  return [...directives, text.replace(/^enable .*;$/gm, '')].join('\n');
}
