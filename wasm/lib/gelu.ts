/** GELU and its derivative, four lanes at a time. Kind 1: tanh approximation (GPT-2). Kind 2: exact, by erf (BERT). */
import { exponential } from './exponential';
import { madd } from './lanes';

/** 2 · √(2/π): 0.5 · (1 + tanh u) = 1 / (1 + e^(−2u)), which has no cancellation. */
const twiceTanhScale: f32 = 1.5957691216;
const cubic: f32 = 0.044715;

export function geluValue(x: v128, kind: i32): v128 {
  return f32x4.mul(x, kind === 1 ? sigmoid(doubled(x)) : normalShare(x));
}

export function geluSlope(x: v128, kind: i32): v128 {
  return kind === 1 ? tanhSlope(x) : erfSlope(x);
}

/** 2u = 2 √(2/π) (x + 0.044715 x³) */
// @ts-ignore: decorator
@inline
function doubled(x: v128): v128 {
  const square = f32x4.mul(x, x);
  const factor = madd(f32x4.splat(cubic), square, f32x4.splat(1));
  return f32x4.mul(f32x4.mul(x, f32x4.splat(twiceTanhScale)), factor);
}

// @ts-ignore: decorator
@inline
function sigmoid(x: v128): v128 {
  const one = f32x4.splat(1);
  return f32x4.div(one, f32x4.add(one, exponential(f32x4.neg(x))));
}

/** s + x · s · (1 − s) · d(2u)/dx, with 1 − s = s · e^(−2u). */
function tanhSlope(x: v128): v128 {
  const one = f32x4.splat(1);
  const inverse = exponential(f32x4.neg(doubled(x)));
  const s = f32x4.div(one, f32x4.add(one, inverse));
  const rest = f32x4.mul(inverse, s);
  const inner = madd(f32x4.splat(3 * cubic), f32x4.mul(x, x), one);
  const slope = f32x4.mul(f32x4.splat(twiceTanhScale), inner);
  return madd(f32x4.mul(f32x4.mul(x, s), rest), slope, s);
}

/** Φ(x) + x · φ(x) */
function erfSlope(x: v128): v128 {
  const square = f32x4.mul(x, x);
  const density = f32x4.mul(exponential(f32x4.mul(square, f32x4.splat(-0.5))), f32x4.splat(0.3989422804));
  return madd(x, density, normalShare(x));
}

/** Φ(x) = 0.5 · erfc(−x / √2), by the rational approximation 7.1.26 of Abramowitz & Stegun: error below 1.5e-7. */
function normalShare(x: v128): v128 {
  const one = f32x4.splat(1);
  const z = f32x4.mul(f32x4.abs(x), f32x4.splat(0.7071067812));
  const t = f32x4.div(one, madd(z, f32x4.splat(0.3275911), one));
  let p = madd(f32x4.splat(1.061405429), t, f32x4.splat(-1.453152027));
  p = madd(p, t, f32x4.splat(1.421413741));
  p = madd(p, t, f32x4.splat(-0.284496736));
  p = madd(p, t, f32x4.splat(0.254829592));
  const square = f32x4.mul(z, z);
  const tail = f32x4.mul(f32x4.mul(f32x4.mul(p, t), exponential(f32x4.neg(square))), f32x4.splat(0.5));
  return v128.bitselect(tail, f32x4.sub(one, tail), f32x4.lt(x, f32x4.splat(0)));
}
