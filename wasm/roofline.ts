/** What the CPU can do at best: chains of multiply-adds, and a copy. */
import { ceilDiv, madd } from './lib/lanes';
import { take } from './lib/parallel';

const elementsPerPiece = 256;
const elementsPerCopy = 8192;
/** Multiply-adds of a chain in a round. */
const turns = 16;

@unmanaged
export class ProbeCall {
  length: i32;
  rounds: i32;
  x: usize;
  y: usize;
}

/** Nine chains of dependent multiply-adds for each element of four floats. */
export function multiplyAddProbe(call: ProbeCall): void {
  const pieces = ceilDiv(call.length, elementsPerPiece);
  for (let piece = take(); piece < pieces; piece = take()) {
    const last = min(call.length, (piece + 1) * elementsPerPiece);
    for (let i = piece * elementsPerPiece; i < last; i++) {
      const at = <usize>i << 4;
      v128.store(call.y + at, chains(v128.load(call.x + at), call.rounds * turns));
    }
  }
}

function chains(a: v128, count: i32): v128 {
  const h = f32x4.splat(f32x4.extract_lane(a, 0) * 0.25 + 0.5);
  const b = f32x4.splat(f32x4.extract_lane(a, 1));
  let c0 = a;
  let c1 = f32x4.add(a, f32x4.splat(1));
  let c2 = f32x4.add(a, f32x4.splat(2));
  let c3 = f32x4.add(a, f32x4.splat(3));
  let c4 = f32x4.add(a, f32x4.splat(4));
  let c5 = f32x4.add(a, f32x4.splat(5));
  let c6 = f32x4.add(a, f32x4.splat(6));
  let c7 = f32x4.add(a, f32x4.splat(7));
  let c8 = f32x4.add(a, f32x4.splat(8));
  for (let turn = 0; turn < count; turn++) {
    c0 = madd(c0, h, b);
    c1 = madd(c1, h, b);
    c2 = madd(c2, h, b);
    c3 = madd(c3, h, b);
    c4 = madd(c4, h, b);
    c5 = madd(c5, h, b);
    c6 = madd(c6, h, b);
    c7 = madd(c7, h, b);
    c8 = madd(c8, h, b);
  }
  const low = f32x4.add(f32x4.add(c0, c1), f32x4.add(c2, c3));
  const high = f32x4.add(f32x4.add(c4, c5), f32x4.add(c6, c7));
  return f32x4.add(f32x4.add(low, high), c8);
}

export function copyProbe(call: ProbeCall): void {
  const pieces = ceilDiv(call.length, elementsPerCopy);
  for (let piece = take(); piece < pieces; piece = take()) {
    const first = piece * elementsPerCopy;
    const at = <usize>first << 4;
    memory.copy(call.y + at, call.x + at, <usize>min(elementsPerCopy, call.length - first) << 4);
  }
}
