/** What the CPU can do at best: chains of multiply-adds, and a copy. */
import { ceilDiv, madd } from './lib/lanes';
import { take } from './lib/parallel';

const elementsPerPiece = 256;
const elementsPerCopy = 8192;

@unmanaged
export class ProbeCall {
  length: i32;
  rounds: i32;
  x: usize;
  y: usize;
}

/** Eight chains of dependent multiply-adds for each element of four floats. */
export function multiplyAddProbe(call: ProbeCall): void {
  const pieces = ceilDiv(call.length, elementsPerPiece);
  for (let piece = take(); piece < pieces; piece = take()) {
    const last = min(call.length, (piece + 1) * elementsPerPiece);
    for (let i = piece * elementsPerPiece; i < last; i++) {
      const at = <usize>i << 4;
      v128.store(call.y + at, chains(v128.load(call.x + at), call.rounds));
    }
  }
}

function chains(a: v128, rounds: i32): v128 {
  const h = madd(a, f32x4.splat(0.25), f32x4.splat(0.5));
  let c0 = a;
  let c1 = f32x4.add(a, f32x4.splat(1));
  let c2 = f32x4.add(a, f32x4.splat(2));
  let c3 = f32x4.add(a, f32x4.splat(3));
  let c4 = f32x4.add(a, f32x4.splat(4));
  let c5 = f32x4.add(a, f32x4.splat(5));
  let c6 = f32x4.add(a, f32x4.splat(6));
  let c7 = f32x4.add(a, f32x4.splat(7));
  for (let round = 0; round < rounds; round++) {
    c0 = madd(c0, h, a);
    c1 = madd(c1, h, a);
    c2 = madd(c2, h, a);
    c3 = madd(c3, h, a);
    c4 = madd(c4, h, a);
    c5 = madd(c5, h, a);
    c6 = madd(c6, h, a);
    c7 = madd(c7, h, a);
  }
  const low = f32x4.add(f32x4.add(c0, c1), f32x4.add(c2, c3));
  return f32x4.add(low, f32x4.add(f32x4.add(c4, c5), f32x4.add(c6, c7)));
}

export function copyProbe(call: ProbeCall): void {
  const pieces = ceilDiv(call.length, elementsPerCopy);
  for (let piece = take(); piece < pieces; piece = take()) {
    const first = piece * elementsPerCopy;
    const at = <usize>first << 4;
    memory.copy(call.y + at, call.x + at, <usize>min(elementsPerCopy, call.length - first) << 4);
  }
}
