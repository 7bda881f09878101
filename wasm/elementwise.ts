/** Kernels that fusion usually folds into others: sum, bias, GELU, dropout, and sums of columns. */
import { geluSlope, geluValue } from './lib/gelu';
import { ceilDiv, loadLanes, storeLanes } from './lib/lanes';
import { take } from './lib/parallel';
import { dropoutLanes } from './lib/random';

const elementsPerPiece = 4096;
const rowsPerPiece = 8;
const strip = 16;

@unmanaged
export class AddCall {
  length: i32;
  hasB: i32;
  accumulate: i32;
  a: usize;
  b: usize;
  output: usize;
}

export function add(call: AddCall): void {
  const pieces = ceilDiv(call.length, elementsPerPiece);
  for (let piece = take(); piece < pieces; piece = take()) {
    const last = min(call.length, (piece + 1) * elementsPerPiece);
    for (let i = piece * elementsPerPiece; i < last; i += 4) {
      const at = <usize>i << 2;
      let v = loadLanes(call.a + at, last - i);
      if (call.hasB) v = f32x4.add(v, loadLanes(call.b + at, last - i));
      if (call.accumulate) v = f32x4.add(v, loadLanes(call.output + at, last - i));
      storeLanes(call.output + at, v, last - i);
    }
  }
}

@unmanaged
export class BiasCall {
  rows: i32;
  columns: i32;
  x: usize;
  bias: usize;
  output: usize;
}

export function bias(call: BiasCall): void {
  const pieces = ceilDiv(call.rows, rowsPerPiece);
  for (let piece = take(); piece < pieces; piece = take()) {
    const last = min(call.rows, (piece + 1) * rowsPerPiece);
    for (let row = piece * rowsPerPiece; row < last; row++) {
      for (let c = 0; c < call.columns; c += 4) {
        const at = <usize>(row * call.columns + c) << 2;
        const count = call.columns - c;
        const v = f32x4.add(loadLanes(call.x + at, count), loadLanes(call.bias + (<usize>c << 2), count));
        storeLanes(call.output + at, v, count);
      }
    }
  }
}

@unmanaged
export class GeluCall {
  length: i32;
  kind: i32;
  x: usize;
  output: usize;
}

export function gelu(call: GeluCall): void {
  const pieces = ceilDiv(call.length, elementsPerPiece);
  for (let piece = take(); piece < pieces; piece = take()) {
    const last = min(call.length, (piece + 1) * elementsPerPiece);
    for (let i = piece * elementsPerPiece; i < last; i += 4) {
      const at = <usize>i << 2;
      storeLanes(call.output + at, geluValue(loadLanes(call.x + at, last - i), call.kind), last - i);
    }
  }
}

@unmanaged
export class GeluBackwardCall {
  length: i32;
  kind: i32;
  outputGradient: usize;
  x: usize;
  inputGradient: usize;
}

export function geluBackward(call: GeluBackwardCall): void {
  const pieces = ceilDiv(call.length, elementsPerPiece);
  for (let piece = take(); piece < pieces; piece = take()) {
    const last = min(call.length, (piece + 1) * elementsPerPiece);
    for (let i = piece * elementsPerPiece; i < last; i += 4) {
      const at = <usize>i << 2;
      const slope = geluSlope(loadLanes(call.x + at, last - i), call.kind);
      const v = f32x4.mul(loadLanes(call.outputGradient + at, last - i), slope);
      storeLanes(call.inputGradient + at, v, last - i);
    }
  }
}

@unmanaged
export class DropoutCall {
  length: i32;
  dropout: f32;
  dropoutStream: i32;
  x: usize;
  output: usize;
  counters: usize;
}

export function dropout(call: DropoutCall): void {
  const pieces = ceilDiv(call.length, elementsPerPiece);
  for (let piece = take(); piece < pieces; piece = take()) {
    const last = min(call.length, (piece + 1) * elementsPerPiece);
    for (let i = piece * elementsPerPiece; i < last; i += 4) {
      const at = <usize>i << 2;
      const mask = dropoutLanes(call.counters, call.dropoutStream, i, 1, call.dropout);
      storeLanes(call.output + at, f32x4.mul(loadLanes(call.x + at, last - i), mask), last - i);
    }
  }
}

@unmanaged
export class ColumnSumCall {
  rows: i32;
  columns: i32;
  accumulate: i32;
  x: usize;
  sums: usize;
}

export function columnSum(call: ColumnSumCall): void {
  const pieces = ceilDiv(call.columns, strip);
  for (let piece = take(); piece < pieces; piece = take()) {
    const last = min(call.columns, (piece + 1) * strip);
    for (let column = piece * strip; column < last; column += 4) {
      const to = call.sums + (<usize>column << 2);
      const count = call.columns - column;
      let sum = call.accumulate ? loadLanes(to, count) : f32x4.splat(0);
      for (let row = 0; row < call.rows; row++) {
        sum = f32x4.add(sum, loadLanes(call.x + (<usize>(row * call.columns + column) << 2), count));
      }
      storeLanes(to, sum, count);
    }
  }
}
