/** e^x of four lanes, to 1e-7 of the value. */
import { madd } from './lanes';

/** x = n · ln 2 + r with ln 2 in two parts (Cody & Waite 1980), then e^r ≈ 1 + r + r² · p(r) on |r| ≤ ln 2 / 2, where p
 *  is fitted to the least largest relative error (3.1e-9); rounding included, the error stays below 9.6e-8.
 *  Arguments outside ±87 count as ±87; NaN stays NaN. */
export function exponential(x: v128): v128 {
  x = f32x4.max(f32x4.min(x, f32x4.splat(87)), f32x4.splat(-87));
  const n = f32x4.nearest(f32x4.mul(x, f32x4.splat(1.44269504)));
  let r = madd(n, f32x4.splat(-0.693359375), x);
  r = madd(n, f32x4.splat(2.1219444e-4), r);
  let p = madd(f32x4.splat(0.001381454058), r, f32x4.splat(0.008368745446));
  p = madd(p, r, f32x4.splat(0.04166838899));
  p = madd(p, r, f32x4.splat(0.1666652113));
  p = madd(p, r, f32x4.splat(0.4999999404));
  p = madd(p, r, f32x4.splat(1));
  p = madd(p, r, f32x4.splat(1));
  const exponent = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
  return f32x4.mul(p, exponent);
}
