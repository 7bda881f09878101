/** Fused multi-head attention, forward. A head is one piece of work. */
import { exponential } from './lib/exponential';
import * as head from './lib/head';
import * as panels from './lib/panels';
import { take } from './lib/parallel';

@unmanaged
export class AttentionCall extends head.Attention {
  output: usize;
  logSumExp: usize;
  counters: usize;
}

const masked: f32 = -1e30;

export function attention(call: AttentionCall): void {
  head.layOut(call);
  const heads = call.batch * call.heads;
  for (let index = take(); index < heads; index = take()) {
    head.enterHead(call, index);
    const queries = call.qkv + head.tripledOffset;
    head.packLines(head.lines0, queries + head.rowBytes, head.tripledBytes);
    head.packDimensions(head.dimensions0, queries + 2 * head.rowBytes, head.tripledBytes);
    for (let first = 0; first < head.context; first += 8) {
      head.packBlock(head.block0, queries, head.tripledBytes, first);
      head.products(head.lines0, head.block0, 0, call.causal ? min(first + 8, head.context) : head.context, head.scores);
      for (let half = 0; half < 2; half++) forwardFour(call, first + 4 * half, head.scores + (half << 4));
    }
  }
}

function forwardFour(call: AttentionCall, query: i32, at: usize): void {
  if (query >= head.context) return;
  const end = call.causal ? min(query + 4, head.context) : head.context;
  const totals = softmax(call, query, end, at);
  v128.store(head.scales, f32x4.div(f32x4.splat(1), totals));
  const to = call.output + head.headOffset + query * head.rowBytes;
  head.combine(at, head.dimensions0, 0, end, to, head.rowBytes, head.context - query);
}

/** Scores of four queries to unnormalised weights, in place; writes the log-sum-exp and returns the sums. */
function softmax(call: AttentionCall, query: i32, end: i32, at: usize): v128 {
  const open = call.causal ? min(query + 1, end) : end;
  const queries = head.fourFrom(query);
  let largest = f32x4.splat(masked);
  for (let j = 0; j < end; j++) {
    let score = v128.load(at + j * panels.columnStep);
    if (j >= open) score = v128.bitselect(score, f32x4.splat(masked), i32x4.ge_s(queries, i32x4.splat(j)));
    largest = f32x4.max(largest, score);
  }
  const scaling = f32x4.splat(head.scale);
  largest = f32x4.mul(largest, scaling);
  let totals = f32x4.splat(0);
  for (let j = 0; j < end; j++) {
    const place = at + j * panels.columnStep;
    let weight = exponential(f32x4.sub(f32x4.mul(v128.load(place), scaling), largest));
    if (j >= open) weight = v128.and(weight, i32x4.ge_s(queries, i32x4.splat(j)));
    totals = f32x4.add(totals, weight);
    if (call.dropout > 0) weight = f32x4.mul(weight, head.queryMask(call, call.counters, query, j));
    v128.store(place, weight);
  }
  writeLogSumExp(call.logSumExp + (<usize>(head.flat + query) << 2), largest, totals, head.context - query);
  return totals;
}

function writeLogSumExp(to: usize, largest: v128, totals: v128, count: i32): void {
  v128.store(head.scales, totals);
  v128.store(head.tile, largest);
  for (let lane = 0; lane < min(count, 4); lane++) {
    const offset = <usize>lane << 2;
    store<f32>(to + offset, load<f32>(head.tile + offset) + Mathf.log(load<f32>(head.scales + offset)));
  }
}
