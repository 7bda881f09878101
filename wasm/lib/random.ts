/** Counter-based random numbers for dropout, four at a time: bit for bit those of shaders/lib/random.wgsl. */

const multiplier: i32 = 1664525;
const increment: i32 = 1013904223;

/** 0 with probability p, else 1 / (1 − p), for the elements `index` .. `index + 3 · stride` of a stream.
 *  @param counters u32: step, seed */
export function dropoutLanes(counters: usize, stream: i32, index: i32, stride: i32, p: f32): v128 {
  const seed = load<i32>(counters, 4) ^ (stream * <i32>0x9e3779b9);
  const indices = i32x4.add(i32x4.splat(index), i32x4.mul(i32x4(0, 1, 2, 3), i32x4.splat(stride)));
  let a = i32x4.add(i32x4.mul(indices, i32x4.splat(multiplier)), i32x4.splat(increment));
  let b = i32x4.splat(load<i32>(counters) * multiplier + increment);
  let c = i32x4.splat(seed * multiplier + increment);
  a = i32x4.add(a, i32x4.mul(b, c));
  b = i32x4.add(b, i32x4.mul(c, a));
  c = i32x4.add(c, i32x4.mul(a, b));
  a = v128.xor(a, i32x4.shr_u(a, 16));
  b = v128.xor(b, i32x4.shr_u(b, 16));
  c = v128.xor(c, i32x4.shr_u(c, 16));
  const bits = i32x4.shr_u(i32x4.add(a, i32x4.mul(b, c)), 8);
  const kept = f32x4.ge(f32x4.convert_i32x4_s(bits), f32x4.splat(p * 16777216));
  return v128.and(kept, f32x4.splat(1 / (1 - p)));
}
