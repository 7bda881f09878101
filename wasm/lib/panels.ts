/** The multiply at the heart of matmul and attention: operands packed in order of use, a 4×8 tile in registers.
 *  (Goto & van de Geijn 2008, Anatomy of high-performance matrix multiplication.) */
import { loadLanes, madd } from './lanes';

/** Rows and columns of a tile. */
export const tileRows = 4;
export const tileColumns = 8;

/** Bytes of one step along the inner axis in a panel of rows, and in one of columns. */
export const rowStep = 16;
export const columnStep = 32;

/** out[4, 8] = Σ over k of a[k, 0..3] · b[k, 0..7], with b packed as a panel of columns.
 *  @param aStep bytes from one k to the next in a
 *  @param outStride bytes from one row to the next in out */
export function multiplyTile(a: usize, aStep: usize, b: usize, inner: i32, out: usize, outStride: usize): void {
  let c00 = f32x4.splat(0);
  let c01 = c00;
  let c10 = c00;
  let c11 = c00;
  let c20 = c00;
  let c21 = c00;
  let c30 = c00;
  let c31 = c00;
  for (const end = b + <usize>inner * columnStep; b < end; b += columnStep, a += aStep) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const a0 = v128.load_splat<f32>(a);
    c00 = madd(a0, b0, c00);
    c01 = madd(a0, b1, c01);
    const a1 = v128.load_splat<f32>(a, 4);
    c10 = madd(a1, b0, c10);
    c11 = madd(a1, b1, c11);
    const a2 = v128.load_splat<f32>(a, 8);
    c20 = madd(a2, b0, c20);
    c21 = madd(a2, b1, c21);
    const a3 = v128.load_splat<f32>(a, 12);
    c30 = madd(a3, b0, c30);
    c31 = madd(a3, b1, c31);
  }
  v128.store(out, c00);
  v128.store(out, c01, 16);
  out += outStride;
  v128.store(out, c10);
  v128.store(out, c11, 16);
  out += outStride;
  v128.store(out, c20);
  v128.store(out, c21, 16);
  out += outStride;
  v128.store(out, c30);
  v128.store(out, c31, 16);
}

/** Packs up to four lines that lie side by side, `step` bytes from one k to the next; missing lines are zero. */
export function packAcross(to: usize, toStep: usize, from: usize, step: usize, lines: i32, inner: i32): void {
  for (let k = 0; k < inner; k++) {
    v128.store(to, loadLanes(from, lines));
    to += toStep;
    from += step;
  }
}

/** Packs up to four lines that run along k, `stride` bytes from one line to the next; missing lines are zero. */
export function packAlong(to: usize, toStep: usize, from: usize, stride: usize, lines: i32, inner: i32): void {
  let k = 0;
  if (lines >= 4) {
    for (; k + 4 <= inner; k += 4) {
      transpose(to, toStep, from, stride);
      to += 4 * toStep;
      from += 16;
    }
  }
  for (; k < inner; k++) {
    for (let line = 0; line < 4; line++) {
      store<f32>(to + (line << 2), line < lines ? load<f32>(from + line * stride) : 0);
    }
    to += toStep;
    from += 4;
  }
}

// @ts-ignore: decorator
@inline
function transpose(to: usize, toStep: usize, from: usize, stride: usize): void {
  const r0 = v128.load(from);
  const r1 = v128.load(from + stride);
  const r2 = v128.load(from + 2 * stride);
  const r3 = v128.load(from + 3 * stride);
  const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
  const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
  const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
  const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
  v128.store(to + toStep, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7));
  v128.store(to + 2 * toStep, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5));
  v128.store(to + 3 * toStep, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7));
}

/** A panel of eight lines: two packings of four side by side. */
export function packColumnsAcross(to: usize, from: usize, step: usize, lines: i32, inner: i32): void {
  packAcross(to, columnStep, from, step, lines, inner);
  packAcross(to + 16, columnStep, from + 16, step, lines - 4, inner);
}

export function packColumnsAlong(to: usize, from: usize, stride: usize, lines: i32, inner: i32): void {
  packAlong(to, columnStep, from, stride, lines, inner);
  packAlong(to + 16, columnStep, from + 4 * stride, stride, lines - 4, inner);
}
