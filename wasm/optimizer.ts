/** The end of a step: the norm of the gradients, the clip scale and the guard, AdamW, and the metrics ring. */
import { ceilDiv, loadLanes, madd, storeLanes, sumLanes } from './lib/lanes';
import { take } from './lib/parallel';

const elementsPerPiece = 4096;
const block = 256;

@unmanaged
export class NormPartialCall {
  length: i32;
  groups: i32;
  gradients: usize;
  partials: usize;
}

/** partials[g] = Σ of squares over every `groups`-th block of 256. */
export function normPartial(call: NormPartialCall): void {
  const stride = call.groups * block;
  for (let group = take(); group < call.groups; group = take()) {
    let s0 = f32x4.splat(0);
    let s1 = s0;
    for (let start = group * block; start < call.length; start += stride) {
      const end = min(start + block, call.length);
      for (let i = start; i < end; i += 8) {
        const at = call.gradients + (<usize>i << 2);
        const v0 = loadLanes(at, end - i);
        const v1 = loadLanes(at + 16, end - i - 4);
        s0 = madd(v0, v0, s0);
        s1 = madd(v1, v1, s1);
      }
    }
    store<f32>(call.partials + (<usize>group << 2), sumLanes(f32x4.add(s0, s1)));
  }
}

@unmanaged
export class NormFinalCall {
  groups: i32;
  clip: f32;
  partials: usize;
  metrics: usize;
  control: usize;
  counters: usize;
}

export function normFinal(call: NormFinalCall): void {
  if (take() !== 0) return;
  let squared: f64 = 0;
  for (let group = 0; group < call.groups; group++) squared += load<f32>(call.partials + (<usize>group << 2));
  const norm = <f32>sqrt<f64>(squared);
  const slot = call.metrics + (<usize>load<i32>(call.counters, 8) << 4);
  store<f32>(slot, norm, 8);
  store<f32>(call.control, call.clip > 0 ? min<f32>(1, call.clip / (norm + 1e-6)) : 1);
  if (!isFinite<f32>(norm) || !isFinite<f32>(load<f32>(slot))) store<f32>(call.control, 1, 4);
}

@unmanaged
export class LossMetricsCall {
  rows: i32;
  accumulate: i32;
  losses: usize;
  metrics: usize;
  counters: usize;
}

export function lossMetrics(call: LossMetricsCall): void {
  if (take() !== 0) return;
  const slot = call.metrics + (<usize>load<i32>(call.counters, 8) << 4);
  let loss: f64 = call.accumulate ? load<f32>(slot) : 0;
  let accuracy: f64 = call.accumulate ? load<f32>(slot, 4) : 0;
  for (let row = 0; row < call.rows; row++) {
    const at = call.losses + (<usize>row << 3);
    loss += load<f32>(at);
    accuracy += load<f32>(at, 4);
  }
  store<f32>(slot, <f32>loss);
  store<f32>(slot, <f32>accuracy, 4);
}

@unmanaged
export class AdamWCall {
  length: i32;
  decayed: i32;
  beta1: f32;
  beta2: f32;
  complement1: f32;
  complement2: f32;
  epsilon: f32;
  parameters: usize;
  gradients: usize;
  firstMoment: usize;
  secondMoment: usize;
  control: usize;
  rates: usize;
}

export function adamW(call: AdamWCall): void {
  if (load<f32>(call.control, 4) !== 0 || load<f32>(call.control, 8) !== 0) return;
  const pieces = ceilDiv(call.length, elementsPerPiece);
  for (let piece = take(); piece < pieces; piece = take()) {
    const first = piece * elementsPerPiece;
    update(call, first, min(call.length, first + elementsPerPiece));
  }
}

function update(call: AdamWCall, first: i32, last: i32): void {
  const rates = call.rates;
  const rate = load<f32>(rates);
  const scale = v128.load_splat<f32>(call.control);
  const correction1 = v128.load_splat<f32>(rates, 4);
  const correction2 = v128.load_splat<f32>(rates, 8);
  const kept = f32x4.splat(1 - rate * load<f32>(rates, 12));
  for (let i = first; i < last; i += 4) {
    const at = <usize>i << 2;
    const count = last - i;
    const g = f32x4.mul(loadLanes(call.gradients + at, count), scale);
    const moment = f32x4.mul(loadLanes(call.firstMoment + at, count), f32x4.splat(call.beta1));
    const m = madd(f32x4.splat(call.complement1), g, moment);
    const square = f32x4.mul(loadLanes(call.secondMoment + at, count), f32x4.splat(call.beta2));
    const v = madd(f32x4.mul(f32x4.splat(call.complement2), g), g, square);
    storeLanes(call.firstMoment + at, m, count);
    storeLanes(call.secondMoment + at, v, count);
    const root = f32x4.add(f32x4.sqrt(f32x4.div(v, correction2)), f32x4.splat(call.epsilon));
    const step = f32x4.div(f32x4.mul(f32x4.splat(rate), f32x4.div(m, correction1)), root);
    const old = loadLanes(call.parameters + at, count);
    // The decayed part ends at a multiple of four.
    const shrunk = i < call.decayed ? f32x4.mul(old, kept) : old;
    storeLanes(call.parameters + at, f32x4.sub(shrunk, step), count);
  }
}
