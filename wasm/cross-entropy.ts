/** Softmax cross-entropy, fused with its gradient, which takes the place of the logits. */
import { exponential } from './lib/exponential';
import { ceilDiv, keepLanes, largestLane, loadLanes, storeLanes, sumLanes } from './lib/lanes';
import { take } from './lib/parallel';

const rowsPerPiece = 8;

@unmanaged
export class CrossEntropyCall {
  rows: i32;
  vocabulary: i32;
  stride: i32;
  writeGradient: i32;
  logits: usize;
  targets: usize;
  weights: usize;
  losses: usize;
}

export function crossEntropy(call: CrossEntropyCall): void {
  const pieces = ceilDiv(call.rows, rowsPerPiece);
  for (let piece = take(); piece < pieces; piece = take()) {
    const last = min(call.rows, (piece + 1) * rowsPerPiece);
    for (let row = piece * rowsPerPiece; row < last; row++) lossOfRow(call, row);
  }
}

function lossOfRow(call: CrossEntropyCall, row: i32): void {
  const logits = call.logits + (<usize>(row * call.stride) << 2);
  const target = load<i32>(call.targets + (<usize>row << 2));
  const goal = max(target, 0);
  const weight: f32 = target >= 0 ? load<f32>(call.weights + (<usize>row << 2)) : 0;
  const goalLogit = load<f32>(logits + (<usize>goal << 2));
  const largest = largestLogit(logits, call.vocabulary);
  const total = totalOf(logits, call.vocabulary, largest);
  const losses = call.losses + (<usize>row << 3);
  store<f32>(losses, weight * (largest + Mathf.log(total) - goalLogit));
  store<f32>(losses, firstEqual(logits, call.vocabulary, largest) === goal ? weight : 0, 4);
  if (call.writeGradient) writeGradient(call, logits, largest, weight / total);
  if (call.writeGradient) store<f32>(logits + (<usize>goal << 2), load<f32>(logits + (<usize>goal << 2)) - weight);
}

function largestLogit(logits: usize, vocabulary: i32): f32 {
  let v = 0;
  let largest: f32 = load<f32>(logits);
  if (vocabulary >= 4) {
    let lanes = v128.load(logits);
    for (v = 4; v + 4 <= vocabulary; v += 4) lanes = f32x4.max(lanes, v128.load(logits + (<usize>v << 2)));
    largest = largestLane(lanes);
  }
  for (; v < vocabulary; v++) largest = max(largest, load<f32>(logits + (<usize>v << 2)));
  return largest;
}

/** Σ e^(logit − largest) */
function totalOf(logits: usize, vocabulary: i32, largest: f32): f32 {
  let total = f32x4.splat(0);
  const offset = f32x4.splat(largest);
  for (let v = 0; v < vocabulary; v += 4) {
    const count = vocabulary - v;
    const value = exponential(f32x4.sub(loadLanes(logits + (<usize>v << 2), count), offset));
    total = f32x4.add(total, keepLanes(value, count));
  }
  return sumLanes(total);
}

function firstEqual(logits: usize, vocabulary: i32, value: f32): i32 {
  for (let v = 0; v < vocabulary; v++) {
    if (load<f32>(logits + (<usize>v << 2)) === value) return v;
  }
  return -1;
}

/** scale · e^(logit − largest), zero beyond the vocabulary. */
function writeGradient(call: CrossEntropyCall, logits: usize, largest: f32, scale: f32): void {
  const offset = f32x4.splat(largest);
  for (let v = 0; v < call.stride; v += 4) {
    const at = logits + (<usize>v << 2);
    const value = exponential(f32x4.sub(loadLanes(at, call.stride - v), offset));
    storeLanes(at, keepLanes(f32x4.mul(value, f32x4.splat(scale)), call.vocabulary - v), call.stride - v);
  }
}
