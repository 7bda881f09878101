/** How values lie in the bytes of buffers. */
import type { Data, Element } from '../kernels/kernel.ts';
import { decodeHalves, encodeHalves } from '../program/half.ts';

/** WebGPU writes, copies and binds four bytes at a time. */
export function wholeWords(bytes: number): number {
  return Math.ceil(bytes / 4) * 4;
}

export function bytesOf(element: Element, values: Data): GPUAllowSharedBufferSource {
  if (element === 'f16') return encodeHalves(values);
  const floats = element === 'f32' && values instanceof Float64Array;
  return (floats ? Float32Array.from(values) : values) as GPUAllowSharedBufferSource;
}

export function valuesOf(element: Element, bytes: ArrayBuffer, length: number): Data {
  if (element === 'f16') return decodeHalves(new Uint16Array(bytes, 0, length));
  if (element === 'f32') return new Float32Array(bytes);
  return element === 'i32' ? new Int32Array(bytes) : new Uint32Array(bytes);
}
