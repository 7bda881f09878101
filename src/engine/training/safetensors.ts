/** Reads and writes safetensors: eight bytes of header length, a JSON header, then the tensors' bytes. */

import { ProblemError } from '../problem.ts';
import { z } from '../schema.ts';

export interface NamedTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

const bytesPerElement = { F16: 2, BF16: 2, F32: 4, F64: 8 } as const;
type DataType = keyof typeof bytesPerElement;

const longestHeader = 100_000_000;
const size = z.number().int().min(0);
const entrySchema = z.object({
  dtype: z.string(),
  shape: z.array(size),
  data_offsets: z.tuple([size, size]),
});
const headerSchema = z.record(z.string(), z.unknown());
const metadataSchema = z.record(z.string(), z.string());

function corrupt(detail: string): ProblemError {
  return new ProblemError({ where: 'weights', code: 'weights-corrupt', values: { detail } });
}

/** Tensors by name, converted to float32. Tensors of other types than floats are left out.
 *  @throws ProblemError 'weights-corrupt' for anything that is not a valid file */
export function readSafetensors(file: Uint8Array): Map<string, NamedTensor> {
  const { header, start } = readHeader(file);
  const data = file.subarray(start);
  const tensors = new Map<string, NamedTensor>();
  const taken: (readonly [number, number])[] = [];
  for (const [name, raw] of Object.entries(header)) {
    if (name === '__metadata__') {
      if (!metadataSchema.safeParse(raw).success) throw corrupt('__metadata__ is not a table of strings');
      continue;
    }
    const entry = entrySchema.safeParse(raw);
    if (!entry.success) throw corrupt(`the entry of ${name} is malformed`);
    const { dtype, shape, data_offsets: range } = entry.data;
    if (range[0] > range[1] || range[1] > data.length) throw corrupt(`${name} lies outside the file`);
    taken.push(range);
    if (!isFloat(dtype)) continue;
    const length = shape.reduce((product, axis) => product * axis, 1);
    if (range[1] - range[0] !== length * bytesPerElement[dtype]) throw corrupt(`${name} has the wrong number of bytes`);
    tensors.set(name, { shape, values: toFloat32(data.subarray(range[0], range[1]), dtype) });
  }
  taken.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  if (taken.some(([from], i) => i > 0 && from < taken[i - 1][1])) throw corrupt('two tensors overlap');
  return tensors;
}

function readHeader(file: Uint8Array): { header: Record<string, unknown>; start: number } {
  if (file.length < 8) throw corrupt('shorter than eight bytes');
  const length = new DataView(file.buffer, file.byteOffset).getBigUint64(0, true);
  if (length > BigInt(Math.min(longestHeader, file.length - 8))) throw corrupt('the header is longer than the file');
  const start = 8 + Number(length);
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(file.subarray(8, start));
    return { header: headerSchema.parse(JSON.parse(text)), start };
  } catch {
    throw corrupt('the header is no JSON object');
  }
}

function isFloat(type: string): type is DataType {
  return Object.hasOwn(bytesPerElement, type);
}

function toFloat32(bytes: Uint8Array, type: DataType): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = new Float32Array(bytes.length / bytesPerElement[type]);
  for (let i = 0; i < values.length; i++) values[i] = readElement(view, i, type);
  return values;
}

const bits = new Uint32Array(1);
const asFloat = new Float32Array(bits.buffer);

function readElement(view: DataView, index: number, type: DataType): number {
  if (type === 'F32') return view.getFloat32(index * 4, true);
  if (type === 'F64') return view.getFloat64(index * 8, true);
  if (type === 'F16') return halfToNumber(view.getUint16(index * 2, true));
  bits[0] = view.getUint16(index * 2, true) << 16;
  return asFloat[0];
}

/** IEEE 754 binary16. */
function halfToNumber(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 31;
  const fraction = half & 1023;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return exponent ? sign * 2 ** (exponent - 15) * (1 + fraction / 1024) : sign * 2 ** -14 * (fraction / 1024);
}

/** A file of float32 tensors, in the order given. */
export function writeSafetensors(
  tensors: Iterable<readonly [name: string, tensor: NamedTensor]>,
  metadata: Readonly<Record<string, string>> = {},
): ArrayBuffer {
  const list = [...tensors];
  const header: Record<string, unknown> = { __metadata__: metadata };
  let offset = 0;
  for (const [name, { shape, values }] of list) {
    header[name] = { dtype: 'F32', shape, data_offsets: [offset, offset + values.length * 4] };
    offset += values.length * 4;
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  // Spaces after the JSON align the data to eight bytes.
  const headerLength = Math.ceil(json.length / 8) * 8;
  const file = new Uint8Array(8 + headerLength + offset);
  const view = new DataView(file.buffer);
  view.setBigUint64(0, BigInt(headerLength), true);
  file.fill(32, 8, 8 + headerLength);
  file.set(json, 8);
  let at = 8 + headerLength;
  for (const [, { values }] of list) {
    for (let i = 0; i < values.length; i++) view.setFloat32(at + i * 4, values[i], true);
    at += values.length * 4;
  }
  return file.buffer;
}
