/** One head of attention at a time: its scratch, its operands packed, and the products and sums that all passes take.
 *  Scores of eight queries (or keys) at a time lie in lanes, so that softmax needs no sums across lanes. */
import { ceilDiv, storeLanes } from './lanes';
import * as panels from './panels';
import { ownScratch } from './parallel';
import { dropoutLanes } from './random';

@unmanaged
export class Attention {
  batch: i32;
  context: i32;
  heads: i32;
  headWidth: i32;
  causal: i32;
  dropout: f32;
  dropoutStream: i32;
  qkv: usize;
}

const tileBytes: usize = panels.tileRows * panels.columnStep;

// Scratch of this thread: two operands packed by positions and by dimensions, two blocks of eight, two lists of scores.
export let lines0: usize = 0;
export let lines1: usize = 0;
export let dimensions0: usize = 0;
export let dimensions1: usize = 0;
export let block0: usize = 0;
export let block1: usize = 0;
export let scores: usize = 0;
export let slopes: usize = 0;
export let tile: usize = 0;
export let scales: usize = 0;

// Of the call and the head in hand.
export let context = 0;
export let headWidth = 0;
export let rowBytes: usize = 0;
export let tripledBytes: usize = 0;
export let scale: f32 = 0;
/** Index of the head's first row in [B, H, T]. */
export let flat = 0;
/** Offset of the head in a matrix [B·T, C], and in one [B·T, 3C]. */
export let headOffset: usize = 0;
export let tripledOffset: usize = 0;

export function headOwnBytes(call: Attention): usize {
  const positions = <usize>ceilDiv(call.context, 4) * 4;
  const lines = positions * call.headWidth * 4;
  const dimensions = <usize>ceilDiv(call.headWidth, 8) * call.context * panels.columnStep;
  const block = <usize>call.headWidth * panels.columnStep;
  return 2 * (lines + dimensions + block + positions * panels.columnStep) + tileBytes + 16;
}

export function layOut(call: Attention): void {
  context = call.context;
  headWidth = call.headWidth;
  rowBytes = <usize>(call.heads * headWidth) << 2;
  tripledBytes = 3 * rowBytes;
  scale = 1 / sqrt<f32>(<f32>headWidth);
  const positions = <usize>ceilDiv(context, 4) * 4;
  const blockBytes = <usize>headWidth * panels.columnStep;
  const dimensionBytes = <usize>ceilDiv(headWidth, 8) * context * panels.columnStep;
  tile = ownScratch();
  scales = tile + tileBytes;
  block0 = scales + 16;
  block1 = block0 + blockBytes;
  scores = block1 + blockBytes;
  slopes = scores + positions * panels.columnStep;
  lines0 = slopes + positions * panels.columnStep;
  lines1 = lines0 + positions * headWidth * 4;
  dimensions0 = lines1 + positions * headWidth * 4;
  dimensions1 = dimensions0 + dimensionBytes;
}

export function enterHead(call: Attention, index: i32): void {
  const b = index / call.heads;
  const inRow = <usize>((index % call.heads) * headWidth) << 2;
  flat = index * context;
  headOffset = <usize>(b * context) * rowBytes + inRow;
  tripledOffset = <usize>(b * context) * tripledBytes + inRow;
}

/** Positions in panels of four: [T / 4][headWidth][4]. */
export function packLines(to: usize, from: usize, stride: usize): void {
  for (let position = 0; position < context; position += 4) {
    panels.packAlong(to, panels.rowStep, from + position * stride, stride, context - position, headWidth);
    to += <usize>headWidth * panels.rowStep;
  }
}

/** Dimensions in panels of eight: [headWidth / 8][T][8]. */
export function packDimensions(to: usize, from: usize, stride: usize): void {
  for (let d = 0; d < headWidth; d += 8) {
    panels.packColumnsAcross(to, from + (<usize>d << 2), stride, headWidth - d, context);
    to += <usize>context * panels.columnStep;
  }
}

/** Eight positions from `first` on, in lanes: [headWidth][8]. */
export function packBlock(to: usize, from: usize, stride: usize, first: i32): void {
  panels.packColumnsAlong(to, from + first * stride, stride, context - first, headWidth);
}

/** out[position][8] = lines · block, for the positions from `first` (a multiple of four) to `end`. */
export function products(lines: usize, block: usize, first: i32, end: i32, out: usize): void {
  for (let position = first; position < end; position += 4) {
    const panel = lines + <usize>position * headWidth * 4;
    panels.multiplyTile(panel, panels.rowStep, block, headWidth, out + position * panels.columnStep, panels.columnStep);
  }
}

/** Four rows of output from `row` on: Σ over positions [first, end) of weights[position][row] · values[position],
 *  each times its entry in `scales`. */
export function combine(weights: usize, values: usize, first: i32, end: i32, to: usize, stride: usize, rows: i32): void {
  const skipped = first * panels.columnStep;
  for (let d = 0; d < headWidth; d += 8) {
    const panel = values + <usize>(d >> 3) * context * panels.columnStep;
    panels.multiplyTile(weights + skipped, panels.columnStep, panel + skipped, end - first, tile, panels.columnStep);
    for (let row = 0; row < min(rows, 4); row++) {
      const factor = v128.load_splat<f32>(scales + (row << 2));
      const at = to + row * stride + (d << 2);
      const from = tile + row * panels.columnStep;
      storeLanes(at, f32x4.mul(v128.load(from), factor), headWidth - d);
      storeLanes(at + 16, f32x4.mul(v128.load(from, 16), factor), headWidth - d - 4);
    }
  }
}

// @ts-ignore: decorator
@inline
export function fourFrom(first: i32): v128 {
  return i32x4.add(i32x4.splat(first), i32x4(0, 1, 2, 3));
}

/** Dropout of the weights that four queries give to one key. */
export function queryMask(call: Attention, counters: usize, query: i32, key: i32): v128 {
  return dropoutLanes(counters, call.dropoutStream, (flat + query) * context + key, context, call.dropout);
}
