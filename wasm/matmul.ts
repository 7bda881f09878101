/** Matrix product with an epilogue: output[rows, columns] = op(A)[rows, inner] · op(B)[inner, columns]. */
import { geluSlope, geluValue } from './lib/gelu';
import { ceilDiv, loadLanes, storeLanes } from './lib/lanes';
import * as panels from './lib/panels';
import { barrier, ownScratch, sharedScratch, take } from './lib/parallel';
import { dropoutLanes } from './lib/random';

@unmanaged
export class MatmulCall {
  rows: i32;
  columns: i32;
  inner: i32;
  transposeA: i32;
  transposeB: i32;
  hasBias: i32;
  activation: i32;
  storePreActivation: i32;
  activationGradient: i32;
  dropout: f32;
  dropoutStream: i32;
  hasResidual: i32;
  accumulate: i32;
  sumsColumns: i32;
  accumulateColumnSum: i32;
  a: usize;
  b: usize;
  bias: usize;
  residual: usize;
  preActivation: usize;
  output: usize;
  columnSum: usize;
  counters: usize;
}

const tileBytes: usize = panels.tileRows * panels.columnStep;

/** The whole of B in panels. */
export function matmulSharedBytes(call: MatmulCall): usize {
  return <usize>ceilDiv(call.columns, panels.tileColumns) * call.inner * panels.columnStep;
}

/** One panel of A, and a tile. */
export function matmulOwnBytes(call: MatmulCall): usize {
  return <usize>call.inner * panels.rowStep + tileBytes;
}

export function matmul(call: MatmulCall): void {
  const inner = call.inner;
  const columnPanels = ceilDiv(call.columns, panels.tileColumns);
  const rowPanels = ceilDiv(call.rows, panels.tileRows);
  const packedB = sharedScratch();
  const panelBytes = <usize>inner * panels.columnStep;
  for (let j = take(); j < columnPanels; j = take()) packColumns(call, j * panels.tileColumns, packedB + j * panelBytes);
  barrier();
  const tile = ownScratch();
  const packedA = tile + tileBytes;
  for (let i = take(); i < rowPanels; i = take()) {
    const row = i * panels.tileRows;
    packRows(call, row, packedA);
    for (let j = 0; j < columnPanels; j++) {
      panels.multiplyTile(packedA, panels.rowStep, packedB + j * panelBytes, inner, tile, panels.columnStep);
      finish(call, row, j * panels.tileColumns, tile);
    }
  }
}

function packRows(call: MatmulCall, row: i32, to: usize): void {
  const lines = call.rows - row;
  if (call.transposeA) {
    panels.packAcross(to, panels.rowStep, call.a + (row << 2), <usize>call.rows << 2, lines, call.inner);
  } else {
    const stride = <usize>call.inner << 2;
    panels.packAlong(to, panels.rowStep, call.a + row * stride, stride, lines, call.inner);
  }
}

function packColumns(call: MatmulCall, column: i32, to: usize): void {
  const lines = call.columns - column;
  if (call.transposeB) {
    const stride = <usize>call.inner << 2;
    panels.packColumnsAlong(to, call.b + column * stride, stride, lines, call.inner);
  } else {
    panels.packColumnsAcross(to, call.b + (column << 2), <usize>call.columns << 2, lines, call.inner);
  }
  if (call.sumsColumns) {
    sumPanel(call, column, lines, to);
    if (lines > 4) sumPanel(call, column + 4, lines - 4, to + 16);
  }
}

/** Sums of up to four columns over the inner axis, in four chains. */
function sumPanel(call: MatmulCall, column: i32, lines: i32, from: usize): void {
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  let k = 0;
  for (; k + 4 <= call.inner; k += 4) {
    s0 = f32x4.add(s0, v128.load(from));
    s1 = f32x4.add(s1, v128.load(from, 32));
    s2 = f32x4.add(s2, v128.load(from, 64));
    s3 = f32x4.add(s3, v128.load(from, 96));
    from += 128;
  }
  for (; k < call.inner; k++) {
    s0 = f32x4.add(s0, v128.load(from));
    from += 32;
  }
  let sum = f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3));
  const to = call.columnSum + (column << 2);
  if (call.accumulateColumnSum) sum = f32x4.add(sum, loadLanes(to, lines));
  storeLanes(to, sum, lines);
}

/** The epilogue of one tile, in the order of shaders/matmul.wgsl. */
function finish(call: MatmulCall, row: i32, column: i32, tile: usize): void {
  const lastRow = min(call.rows, row + panels.tileRows);
  for (; row < lastRow; row++) {
    finishFour(call, row, column, v128.load(tile));
    if (column + 4 < call.columns) finishFour(call, row, column + 4, v128.load(tile, 16));
    tile += panels.columnStep;
  }
}

// @ts-ignore: decorator
@inline
function finishFour(call: MatmulCall, row: i32, column: i32, v: v128): void {
  const count = call.columns - column;
  const index = row * call.columns + column;
  const at = <usize>index << 2;
  if (call.hasBias) v = f32x4.add(v, loadLanes(call.bias + (column << 2), count));
  if (call.storePreActivation) storeLanes(call.preActivation + at, v, count);
  if (call.activation) v = geluValue(v, call.activation);
  if (call.activationGradient) {
    v = f32x4.mul(v, geluSlope(loadLanes(call.preActivation + at, count), call.activationGradient));
  }
  if (call.dropout > 0) v = f32x4.mul(v, dropoutLanes(call.counters, call.dropoutStream, index, 1, call.dropout));
  if (call.hasResidual) v = f32x4.add(v, loadLanes(call.residual + at, count));
  if (call.accumulate) v = f32x4.add(v, loadLanes(call.output + at, count));
  storeLanes(call.output + at, v, count);
}
