/** Fused multi-head attention, backward: for queries, and for keys and values. A head is one piece of work. */
import { exponential } from './lib/exponential';
import * as head from './lib/head';
import { loadLanes, madd, sumLanes } from './lib/lanes';
import * as panels from './lib/panels';
import { take } from './lib/parallel';
import { dropoutLanes } from './lib/random';

@unmanaged
export class AttentionBackwardQueryCall extends head.Attention {
  output: usize;
  outputGradient: usize;
  logSumExp: usize;
  rowDot: usize;
  qkvGradient: usize;
  counters: usize;
}

@unmanaged
export class AttentionBackwardKeyValueCall extends head.Attention {
  outputGradient: usize;
  logSumExp: usize;
  rowDot: usize;
  qkvGradient: usize;
  counters: usize;
}

export function attentionBackwardQuery(call: AttentionBackwardQueryCall): void {
  head.layOut(call);
  const heads = call.batch * call.heads;
  for (let index = take(); index < heads; index = take()) {
    head.enterHead(call, index);
    const queries = call.qkv + head.tripledOffset;
    head.packLines(head.lines0, queries + head.rowBytes, head.tripledBytes);
    head.packLines(head.lines1, queries + 2 * head.rowBytes, head.tripledBytes);
    head.packDimensions(head.dimensions0, queries + head.rowBytes, head.tripledBytes);
    for (let first = 0; first < head.context; first += 8) {
      const end = call.causal ? min(first + 8, head.context) : head.context;
      head.packBlock(head.block0, queries, head.tripledBytes, first);
      head.packBlock(head.block1, call.outputGradient + head.headOffset, head.rowBytes, first);
      head.products(head.lines0, head.block0, 0, end, head.scores);
      head.products(head.lines1, head.block1, 0, end, head.slopes);
      for (let half = 0; half < 2; half++) backwardFourQueries(call, first + 4 * half, half << 4);
    }
  }
}

/** dS = P ∘ (dP ∘ mask − Σ dO ∘ O), dQ = scale · dS · K */
function backwardFourQueries(call: AttentionBackwardQueryCall, query: i32, lane: usize): void {
  const count = head.context - query;
  if (count <= 0) return;
  const end = call.causal ? min(query + 4, head.context) : head.context;
  const open = call.causal ? min(query + 1, end) : end;
  const own = rowDots(call, query, count);
  const logSumExp = loadLanes(call.logSumExp + (<usize>(head.flat + query) << 2), count);
  const queries = head.fourFrom(query);
  for (let j = 0; j < end; j++) {
    const place = head.scores + j * panels.columnStep + lane;
    let weight = exponential(f32x4.sub(f32x4.mul(v128.load(place), f32x4.splat(head.scale)), logSumExp));
    if (j >= open) weight = v128.and(weight, i32x4.ge_s(queries, i32x4.splat(j)));
    let slope = v128.load(head.slopes + j * panels.columnStep + lane);
    if (call.dropout > 0) slope = f32x4.mul(slope, head.queryMask(call, call.counters, query, j));
    v128.store(place, f32x4.mul(weight, f32x4.sub(slope, own)));
  }
  v128.store(head.scales, f32x4.splat(head.scale));
  const to = call.qkvGradient + head.tripledOffset + query * head.tripledBytes;
  head.combine(head.scores + lane, head.dimensions0, 0, end, to, head.tripledBytes, count);
}

/** Writes Σ dO ∘ O of up to four rows, and returns them. */
function rowDots(call: AttentionBackwardQueryCall, query: i32, count: i32): v128 {
  const to = call.rowDot + (<usize>(head.flat + query) << 2);
  for (let row = 0; row < min(count, 4); row++) {
    const at = head.headOffset + (query + row) * head.rowBytes;
    let sum = f32x4.splat(0);
    for (let d = 0; d < head.headWidth; d += 4) {
      const offset = at + (<usize>d << 2);
      const output = loadLanes(call.output + offset, head.headWidth - d);
      sum = madd(loadLanes(call.outputGradient + offset, head.headWidth - d), output, sum);
    }
    store<f32>(to + (<usize>row << 2), sumLanes(sum));
  }
  return loadLanes(to, count);
}

export function attentionBackwardKeyValue(call: AttentionBackwardKeyValueCall): void {
  head.layOut(call);
  const heads = call.batch * call.heads;
  for (let index = take(); index < heads; index = take()) {
    head.enterHead(call, index);
    const queries = call.qkv + head.tripledOffset;
    const gradients = call.outputGradient + head.headOffset;
    head.packLines(head.lines0, queries, head.tripledBytes);
    head.packLines(head.lines1, gradients, head.rowBytes);
    head.packDimensions(head.dimensions0, queries, head.tripledBytes);
    head.packDimensions(head.dimensions1, gradients, head.rowBytes);
    for (let first = 0; first < head.context; first += 8) {
      const start = call.causal ? first : 0;
      head.packBlock(head.block0, queries + head.rowBytes, head.tripledBytes, first);
      head.packBlock(head.block1, queries + 2 * head.rowBytes, head.tripledBytes, first);
      head.products(head.lines0, head.block0, start, head.context, head.scores);
      head.products(head.lines1, head.block1, start, head.context, head.slopes);
      for (let half = 0; half < 2; half++) backwardFourKeys(call, first + 4 * half, half << 4);
    }
  }
}

/** dV = (P ∘ mask)ᵀ · dO, dK = scale · dSᵀ · Q */
function backwardFourKeys(call: AttentionBackwardKeyValueCall, key: i32, lane: usize): void {
  const count = head.context - key;
  if (count <= 0) return;
  const start = call.causal ? key : 0;
  const keys = head.fourFrom(key);
  for (let i = start; i < head.context; i++) {
    const row = <usize>(head.flat + i) << 2;
    const place = i * panels.columnStep + lane;
    const score = f32x4.mul(v128.load(head.scores + place), f32x4.splat(head.scale));
    let weight = exponential(f32x4.sub(score, v128.load_splat<f32>(call.logSumExp + row)));
    if (call.causal && i < key + 3) weight = v128.and(weight, i32x4.le_s(keys, i32x4.splat(i)));
    let slope = v128.load(head.slopes + place);
    let kept = weight;
    if (call.dropout > 0) {
      const mask = dropoutLanes(call.counters, call.dropoutStream, (head.flat + i) * head.context + key, 1, call.dropout);
      slope = f32x4.mul(slope, mask);
      kept = f32x4.mul(weight, mask);
    }
    v128.store(head.scores + place, kept);
    v128.store(head.slopes + place, f32x4.mul(weight, f32x4.sub(slope, v128.load_splat<f32>(call.rowDot + row))));
  }
  const to = call.qkvGradient + head.tripledOffset + head.rowBytes + key * head.tripledBytes;
  v128.store(head.scales, f32x4.splat(head.scale));
  head.combine(head.slopes + lane, head.dimensions0, start, head.context, to, head.tripledBytes, count);
  v128.store(head.scales, f32x4.splat(1));
  head.combine(head.scores + lane, head.dimensions1, start, head.context, to + head.rowBytes, head.tripledBytes, count);
}
