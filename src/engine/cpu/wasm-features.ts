/** What the browser's WebAssembly can do, asked with modules of a few bytes. */

/** (func (result v128) (i8x16.popcnt (i8x16.splat (i32.const 0)))) */
const simdProbe = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0],
  ...[10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11],
);

/** (func (result v128) (i8x16.relaxed_swizzle (i8x16.splat (i32.const 1)) (i8x16.splat (i32.const 2)))) */
const relaxedProbe = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0],
  ...[10, 15, 1, 13, 0, 65, 1, 253, 15, 65, 2, 253, 15, 253, 128, 2, 11],
);

export interface WasmFeatures {
  readonly simd: boolean;
  /** Fused multiply-add. */
  readonly relaxed: boolean;
  /** Memory that threads share: in browsers only where the page is cross-origin isolated. */
  readonly shared: boolean;
}

export function wasmFeatures(): WasmFeatures {
  if (typeof WebAssembly === 'undefined') return { simd: false, relaxed: false, shared: false };
  return {
    simd: WebAssembly.validate(simdProbe),
    relaxed: WebAssembly.validate(relaxedProbe),
    shared: typeof SharedArrayBuffer !== 'undefined' && globalThis.crossOriginIsolated !== false,
  };
}
