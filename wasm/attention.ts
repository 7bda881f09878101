/** Fused multi-head attention: forward, and backward for queries and for keys and values. A head is one piece of work.
 *  Scores of eight queries (or keys) at a time lie in lanes, so that softmax needs no sums across lanes. */
import { exponential } from './lib/exponential';
import { ceilDiv, loadLanes, madd, storeLanes, sumLanes } from './lib/lanes';
import * as panels from './lib/panels';
import { ownScratch, take } from './lib/parallel';
import { dropoutLanes } from './lib/random';

@unmanaged
class Attention {
  batch: i32;
  context: i32;
  heads: i32;
  headWidth: i32;
  causal: i32;
  dropout: f32;
  dropoutStream: i32;
  qkv: usize;
}

@unmanaged
export class AttentionCall extends Attention {
  output: usize;
  logSumExp: usize;
  counters: usize;
}

@unmanaged
export class AttentionBackwardQueryCall extends Attention {
  output: usize;
  outputGradient: usize;
  logSumExp: usize;
  rowDot: usize;
  qkvGradient: usize;
  counters: usize;
}

@unmanaged
export class AttentionBackwardKeyValueCall extends Attention {
  outputGradient: usize;
  logSumExp: usize;
  rowDot: usize;
  qkvGradient: usize;
  counters: usize;
}

const masked: f32 = -1e30;
const tileBytes: usize = panels.tileRows * panels.columnStep;

// Scratch of this thread: two operands packed by positions and by dimensions, two blocks of eight, two lists of scores.
let lines0: usize = 0;
let lines1: usize = 0;
let dimensions0: usize = 0;
let dimensions1: usize = 0;
let block0: usize = 0;
let block1: usize = 0;
let scores: usize = 0;
let slopes: usize = 0;
let tile: usize = 0;
let scales: usize = 0;

// Of the call and the head in hand.
let context = 0;
let headWidth = 0;
let rowBytes: usize = 0;
let tripledBytes: usize = 0;
let scale: f32 = 0;
/** Index of the head's first row in [B, H, T]. */
let flat = 0;
/** Offset of the head in a matrix [B·T, C], and in one [B·T, 3C]. */
let headOffset: usize = 0;
let tripledOffset: usize = 0;

export function attentionOwnBytes(call: Attention): usize {
  const positions = <usize>ceilDiv(call.context, 4) * 4;
  const lines = positions * call.headWidth * 4;
  const dimensions = <usize>ceilDiv(call.headWidth, 8) * call.context * panels.columnStep;
  const block = <usize>call.headWidth * panels.columnStep;
  return 2 * (lines + dimensions + block + positions * panels.columnStep) + tileBytes + 16;
}

function layOut(call: Attention): void {
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

function enterHead(call: Attention, index: i32): void {
  const b = index / call.heads;
  const inRow = <usize>((index % call.heads) * headWidth) << 2;
  flat = index * context;
  headOffset = <usize>(b * context) * rowBytes + inRow;
  tripledOffset = <usize>(b * context) * tripledBytes + inRow;
}

/** Positions in panels of four: [T / 4][headWidth][4]. */
function packLines(to: usize, from: usize, stride: usize): void {
  for (let position = 0; position < context; position += 4) {
    panels.packAlong(to, panels.rowStep, from + position * stride, stride, context - position, headWidth);
    to += <usize>headWidth * panels.rowStep;
  }
}

/** Dimensions in panels of eight: [headWidth / 8][T][8]. */
function packDimensions(to: usize, from: usize, stride: usize): void {
  for (let d = 0; d < headWidth; d += 8) {
    panels.packColumnsAcross(to, from + (<usize>d << 2), stride, headWidth - d, context);
    to += <usize>context * panels.columnStep;
  }
}

/** Eight positions from `first` on, in lanes: [headWidth][8]. */
function packBlock(to: usize, from: usize, stride: usize, first: i32): void {
  panels.packColumnsAlong(to, from + first * stride, stride, context - first, headWidth);
}

/** out[position][8] = lines · block, for the positions from `first` (a multiple of four) to `end`. */
function products(lines: usize, block: usize, first: i32, end: i32, out: usize): void {
  for (let position = first; position < end; position += 4) {
    const panel = lines + <usize>position * headWidth * 4;
    panels.multiplyTile(panel, panels.rowStep, block, headWidth, out + position * panels.columnStep, panels.columnStep);
  }
}

/** Four rows of output from `row` on: Σ over positions [first, end) of weights[position][row] · values[position],
 *  each times its entry in `scales`. */
function combine(weights: usize, values: usize, first: i32, end: i32, to: usize, stride: usize, rows: i32): void {
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
function fourFrom(first: i32): v128 {
  return i32x4.add(i32x4.splat(first), i32x4(0, 1, 2, 3));
}

export function attention(call: AttentionCall): void {
  layOut(call);
  const heads = call.batch * call.heads;
  for (let head = take(); head < heads; head = take()) {
    enterHead(call, head);
    const queries = call.qkv + tripledOffset;
    packLines(lines0, queries + rowBytes, tripledBytes);
    packDimensions(dimensions0, queries + 2 * rowBytes, tripledBytes);
    for (let first = 0; first < context; first += 8) {
      packBlock(block0, queries, tripledBytes, first);
      products(lines0, block0, 0, call.causal ? min(first + 8, context) : context, scores);
      for (let half = 0; half < 2; half++) forwardFour(call, first + 4 * half, scores + (half << 4));
    }
  }
}

function forwardFour(call: AttentionCall, query: i32, at: usize): void {
  if (query >= context) return;
  const end = call.causal ? min(query + 4, context) : context;
  const totals = softmax(call, query, end, at);
  v128.store(scales, f32x4.div(f32x4.splat(1), totals));
  const to = call.output + headOffset + query * rowBytes;
  combine(at, dimensions0, 0, end, to, rowBytes, context - query);
}

/** Scores of four queries to unnormalised weights, in place; writes the log-sum-exp and returns the sums. */
function softmax(call: AttentionCall, query: i32, end: i32, at: usize): v128 {
  const open = call.causal ? min(query + 1, end) : end;
  const queries = fourFrom(query);
  let largest = f32x4.splat(masked);
  for (let j = 0; j < end; j++) {
    let score = v128.load(at + j * panels.columnStep);
    if (j >= open) score = v128.bitselect(score, f32x4.splat(masked), i32x4.ge_s(queries, i32x4.splat(j)));
    largest = f32x4.max(largest, score);
  }
  const scaling = f32x4.splat(scale);
  largest = f32x4.mul(largest, scaling);
  let totals = f32x4.splat(0);
  for (let j = 0; j < end; j++) {
    const place = at + j * panels.columnStep;
    let weight = exponential(f32x4.sub(f32x4.mul(v128.load(place), scaling), largest));
    if (j >= open) weight = v128.and(weight, i32x4.ge_s(queries, i32x4.splat(j)));
    totals = f32x4.add(totals, weight);
    if (call.dropout > 0) weight = f32x4.mul(weight, queryMask(call, call.counters, query, j));
    v128.store(place, weight);
  }
  writeLogSumExp(call.logSumExp + (<usize>(flat + query) << 2), largest, totals, context - query);
  return totals;
}

function writeLogSumExp(to: usize, largest: v128, totals: v128, count: i32): void {
  v128.store(scales, totals);
  v128.store(tile, largest);
  for (let lane = 0; lane < min(count, 4); lane++) {
    const offset = <usize>lane << 2;
    store<f32>(to + offset, load<f32>(tile + offset) + Mathf.log(load<f32>(scales + offset)));
  }
}

/** Dropout of the weights that four queries give to one key. */
function queryMask(call: Attention, counters: usize, query: i32, key: i32): v128 {
  return dropoutLanes(counters, call.dropoutStream, (flat + query) * context + key, context, call.dropout);
}

export function attentionBackwardQuery(call: AttentionBackwardQueryCall): void {
  layOut(call);
  const heads = call.batch * call.heads;
  for (let head = take(); head < heads; head = take()) {
    enterHead(call, head);
    const queries = call.qkv + tripledOffset;
    packLines(lines0, queries + rowBytes, tripledBytes);
    packLines(lines1, queries + 2 * rowBytes, tripledBytes);
    packDimensions(dimensions0, queries + rowBytes, tripledBytes);
    for (let first = 0; first < context; first += 8) {
      const end = call.causal ? min(first + 8, context) : context;
      packBlock(block0, queries, tripledBytes, first);
      packBlock(block1, call.outputGradient + headOffset, rowBytes, first);
      products(lines0, block0, 0, end, scores);
      products(lines1, block1, 0, end, slopes);
      for (let half = 0; half < 2; half++) backwardFourQueries(call, first + 4 * half, half << 4);
    }
  }
}

/** dS = P ∘ (dP ∘ mask − Σ dO ∘ O), dQ = scale · dS · K */
function backwardFourQueries(call: AttentionBackwardQueryCall, query: i32, lane: usize): void {
  const count = context - query;
  if (count <= 0) return;
  const end = call.causal ? min(query + 4, context) : context;
  const open = call.causal ? min(query + 1, end) : end;
  const own = rowDots(call, query, count);
  const logSumExp = loadLanes(call.logSumExp + (<usize>(flat + query) << 2), count);
  const queries = fourFrom(query);
  for (let j = 0; j < end; j++) {
    const place = scores + j * panels.columnStep + lane;
    let weight = exponential(f32x4.sub(f32x4.mul(v128.load(place), f32x4.splat(scale)), logSumExp));
    if (j >= open) weight = v128.and(weight, i32x4.ge_s(queries, i32x4.splat(j)));
    let slope = v128.load(slopes + j * panels.columnStep + lane);
    if (call.dropout > 0) slope = f32x4.mul(slope, queryMask(call, call.counters, query, j));
    v128.store(place, f32x4.mul(weight, f32x4.sub(slope, own)));
  }
  v128.store(scales, f32x4.splat(scale));
  const to = call.qkvGradient + tripledOffset + query * tripledBytes;
  combine(scores + lane, dimensions0, 0, end, to, tripledBytes, count);
}

/** Writes Σ dO ∘ O of up to four rows, and returns them. */
function rowDots(call: AttentionBackwardQueryCall, query: i32, count: i32): v128 {
  const to = call.rowDot + (<usize>(flat + query) << 2);
  for (let row = 0; row < min(count, 4); row++) {
    const at = headOffset + (query + row) * rowBytes;
    let sum = f32x4.splat(0);
    for (let d = 0; d < headWidth; d += 4) {
      const offset = at + (<usize>d << 2);
      const output = loadLanes(call.output + offset, headWidth - d);
      sum = madd(loadLanes(call.outputGradient + offset, headWidth - d), output, sum);
    }
    store<f32>(to + (<usize>row << 2), sumLanes(sum));
  }
  return loadLanes(to, count);
}

export function attentionBackwardKeyValue(call: AttentionBackwardKeyValueCall): void {
  layOut(call);
  const heads = call.batch * call.heads;
  for (let head = take(); head < heads; head = take()) {
    enterHead(call, head);
    const queries = call.qkv + tripledOffset;
    const gradients = call.outputGradient + headOffset;
    packLines(lines0, queries, tripledBytes);
    packLines(lines1, gradients, rowBytes);
    packDimensions(dimensions0, queries, tripledBytes);
    packDimensions(dimensions1, gradients, rowBytes);
    for (let first = 0; first < context; first += 8) {
      const start = call.causal ? first : 0;
      packBlock(block0, queries + rowBytes, tripledBytes, first);
      packBlock(block1, queries + 2 * rowBytes, tripledBytes, first);
      products(lines0, block0, start, context, scores);
      products(lines1, block1, start, context, slopes);
      for (let half = 0; half < 2; half++) backwardFourKeys(call, first + 4 * half, half << 4);
    }
  }
}

/** dV = (P ∘ mask)ᵀ · dO, dK = scale · dSᵀ · Q */
function backwardFourKeys(call: AttentionBackwardKeyValueCall, key: i32, lane: usize): void {
  const count = context - key;
  if (count <= 0) return;
  const start = call.causal ? key : 0;
  const keys = fourFrom(key);
  for (let i = start; i < context; i++) {
    const row = <usize>(flat + i) << 2;
    const place = i * panels.columnStep + lane;
    const score = f32x4.mul(v128.load(scores + place), f32x4.splat(scale));
    let weight = exponential(f32x4.sub(score, v128.load_splat<f32>(call.logSumExp + row)));
    if (call.causal && i < key + 3) weight = v128.and(weight, i32x4.le_s(keys, i32x4.splat(i)));
    let slope = v128.load(slopes + place);
    let kept = weight;
    if (call.dropout > 0) {
      const mask = dropoutLanes(call.counters, call.dropoutStream, (flat + i) * context + key, 1, call.dropout);
      slope = f32x4.mul(slope, mask);
      kept = f32x4.mul(weight, mask);
    }
    v128.store(scores + place, kept);
    v128.store(slopes + place, f32x4.mul(weight, f32x4.sub(slope, v128.load_splat<f32>(call.rowDot + row))));
  }
  const to = call.qkvGradient + tripledOffset + rowBytes + key * tripledBytes;
  v128.store(scales, f32x4.splat(scale));
  combine(slopes + lane, dimensions0, start, context, to, tripledBytes, count);
  v128.store(scales, f32x4.splat(1));
  combine(scores + lane, dimensions1, start, context, to + rowBytes, tripledBytes, count);
}
