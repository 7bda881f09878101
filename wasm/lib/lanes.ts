/** Four float32 lanes at a time: fused multiply-add where the variant has it, and loads and stores of partial vectors. */

/** a · b + c: rounded once with relaxed SIMD, twice without. */
// @ts-ignore: decorator
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/** `count` floats, zeros in the lanes after them. */
// @ts-ignore: decorator
@inline
export function loadLanes(from: usize, count: i32): v128 {
  return count >= 4 ? v128.load(from) : loadPart(from, count);
}

/** The first `count` lanes. */
// @ts-ignore: decorator
@inline
export function storeLanes(to: usize, value: v128, count: i32): void {
  if (count >= 4) v128.store(to, value);
  else storePart(to, value, count);
}

function loadPart(from: usize, count: i32): v128 {
  let value = f32x4.splat(0);
  if (count > 0) value = v128.load_lane<f32>(from, value, 0);
  if (count > 1) value = v128.load_lane<f32>(from, value, 1, 4);
  if (count > 2) value = v128.load_lane<f32>(from, value, 2, 8);
  return value;
}

function storePart(to: usize, value: v128, count: i32): void {
  if (count > 0) v128.store_lane<f32>(to, value, 0);
  if (count > 1) v128.store_lane<f32>(to, value, 1, 4);
  if (count > 2) v128.store_lane<f32>(to, value, 2, 8);
}

/** Zero in the lanes from `count` on. */
// @ts-ignore: decorator
@inline
export function keepLanes(value: v128, count: i32): v128 {
  if (count >= 4) return value;
  return v128.and(value, i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(count)));
}

/** (l0 + l2) + (l1 + l3). */
// @ts-ignore: decorator
@inline
export function sumLanes(value: v128): f32 {
  const pairs = f32x4.add(value, v128.shuffle<f32>(value, value, 2, 3, 0, 1));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
}

// @ts-ignore: decorator
@inline
export function largestLane(value: v128): f32 {
  const pairs = f32x4.max(value, v128.shuffle<f32>(value, value, 2, 3, 0, 1));
  return max(f32x4.extract_lane(pairs, 0), f32x4.extract_lane(pairs, 1));
}

/** n / d, rounded up. */
// @ts-ignore: decorator
@inline
export function ceilDiv(n: i32, d: i32): i32 {
  return (n + d - 1) / d;
}
