/** Twin of shaders/lib/random.wgsl: counter-based random numbers, equal to the WGSL's bit for bit. */

/** Three-dimensional PCG hash (Jarzynski & Olano 2020) of three unsigned 32-bit numbers. */
function hash3(x: number, y: number, z: number): number {
  let a = (Math.imul(x, 1664525) + 1013904223) | 0;
  let b = (Math.imul(y, 1664525) + 1013904223) | 0;
  let c = (Math.imul(z, 1664525) + 1013904223) | 0;
  a = (a + Math.imul(b, c)) | 0;
  b = (b + Math.imul(c, a)) | 0;
  c = (c + Math.imul(a, b)) | 0;
  a ^= a >>> 16;
  b ^= b >>> 16;
  c ^= c >>> 16;
  return (a + Math.imul(b, c)) >>> 0;
}

/** 0 with probability p, else 1 / (1 − p). */
export function dropoutScale(seed: number, step: number, stream: number, index: number, p: number): number {
  const bits = hash3(index, step, seed ^ Math.imul(stream, 2654435769)) >>> 8;
  return bits >= Math.fround(Math.fround(p) * 16777216) ? 1 / (1 - p) : 0;
}
