/** What scripts/wasm.mjs makes of wasm/: bytes in base64. */
declare module 'virtual:wasm-kernels/*' {
  const base64: string;
  export default base64;
}
