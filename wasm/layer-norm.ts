/** Layer norm with residual add, forward and backward. */
import { ceilDiv, keepLanes, loadLanes, madd, storeLanes, sumLanes } from './lib/lanes';
import { take } from './lib/parallel';
import { dropoutLanes } from './lib/random';

/** Rows to a piece of work. */
const rowsPerPiece = 8;

@unmanaged
export class LayerNormCall {
  rows: i32;
  width: i32;
  epsilon: f32;
  hasResidual: i32;
  x: usize;
  residual: usize;
  parameters: usize;
  sum: usize;
  y: usize;
  statistics: usize;
}

export function layerNorm(call: LayerNormCall): void {
  const pieces = ceilDiv(call.rows, rowsPerPiece);
  for (let piece = take(); piece < pieces; piece = take()) {
    const last = min(call.rows, (piece + 1) * rowsPerPiece);
    for (let row = piece * rowsPerPiece; row < last; row++) normalizeRow(call, row);
  }
}

function normalizeRow(call: LayerNormCall, row: i32): void {
  const width = call.width;
  const first = <usize>(row * width) << 2;
  const input = call.hasResidual ? addResidual(call, first) : call.x + first;
  let total = f32x4.splat(0);
  for (let c = 0; c < width; c += 4) total = f32x4.add(total, loadLanes(input + (c << 2), width - c));
  const mean = sumLanes(total) / <f32>width;
  const means = f32x4.splat(mean);
  let squares = f32x4.splat(0);
  for (let c = 0; c < width; c += 4) {
    const centered = keepLanes(f32x4.sub(loadLanes(input + (c << 2), width - c), means), width - c);
    squares = madd(centered, centered, squares);
  }
  const rstd = <f32>1 / sqrt<f32>(sumLanes(squares) / <f32>width + call.epsilon);
  const weights = call.parameters;
  const biases = weights + (<usize>width << 2);
  for (let c = 0; c < width; c += 4) {
    const at = <usize>c << 2;
    const count = width - c;
    const normalized = f32x4.mul(f32x4.sub(loadLanes(input + at, count), means), f32x4.splat(rstd));
    const y = madd(normalized, loadLanes(weights + at, count), loadLanes(biases + at, count));
    storeLanes(call.y + first + at, y, count);
  }
  store<f32>(call.statistics + (<usize>row << 3), mean);
  store<f32>(call.statistics + (<usize>row << 3), rstd, 4);
}

/** Writes x + residual of a row; returns where it lies. */
function addResidual(call: LayerNormCall, first: usize): usize {
  const sum = call.sum + first;
  for (let c = 0; c < call.width; c += 4) {
    const at = <usize>c << 2;
    const count = call.width - c;
    const value = f32x4.add(loadLanes(call.x + first + at, count), loadLanes(call.residual + first + at, count));
    storeLanes(sum + at, value, count);
  }
  return sum;
}

@unmanaged
export class LayerNormBackwardCall {
  rows: i32;
  width: i32;
  hasResidualGradient: i32;
  dropout: f32;
  dropoutStream: i32;
  parts: i32;
  outputGradient: usize;
  x: usize;
  parameters: usize;
  statistics: usize;
  residualGradient: usize;
  inputGradient: usize;
  dropped: usize;
  parametersGradients: usize;
  counters: usize;
}

export function layerNormBackward(call: LayerNormBackwardCall): void {
  const rowsPerPart = ceilDiv(call.rows, call.parts);
  const partBytes = <usize>call.width << 3;
  for (let part = take(); part < call.parts; part = take()) {
    const sums = call.parametersGradients + <usize>part * partBytes;
    memory.fill(sums, 0, partBytes);
    const last = min(call.rows, (part + 1) * rowsPerPart);
    for (let row = part * rowsPerPart; row < last; row++) backwardRow(call, row, sums);
  }
}

/** dx = rstd · (g·w − mean(g·w) − x̂ · mean(g·w·x̂)); adds g·x̂ and g to the sums for weight and bias. */
function backwardRow(call: LayerNormBackwardCall, row: i32, toWeight: usize): void {
  const width = call.width;
  const index = row * width;
  const first = <usize>index << 2;
  const toBias = toWeight + (<usize>width << 2);
  const means = f32x4.splat(load<f32>(call.statistics + (<usize>row << 3)));
  const rstds = f32x4.splat(load<f32>(call.statistics + (<usize>row << 3), 4));
  let sumG = f32x4.splat(0);
  let sumGX = f32x4.splat(0);
  for (let c = 0; c < width; c += 4) {
    const at = <usize>c << 2;
    const count = width - c;
    const gradient = loadLanes(call.outputGradient + first + at, count);
    const g = f32x4.mul(gradient, loadLanes(call.parameters + at, count));
    const normalized = f32x4.mul(f32x4.sub(loadLanes(call.x + first + at, count), means), rstds);
    storeLanes(toWeight + at, madd(gradient, normalized, loadLanes(toWeight + at, count)), count);
    storeLanes(toBias + at, f32x4.add(gradient, loadLanes(toBias + at, count)), count);
    sumG = f32x4.add(sumG, g);
    sumGX = madd(g, normalized, sumGX);
  }
  const meanG = f32x4.splat(sumLanes(sumG) / <f32>width);
  const meanGX = f32x4.splat(sumLanes(sumGX) / <f32>width);
  for (let c = 0; c < width; c += 4) {
    const at = first + (<usize>c << 2);
    const count = width - c;
    const g = f32x4.mul(loadLanes(call.outputGradient + at, count), loadLanes(call.parameters + (c << 2), count));
    const normalized = f32x4.mul(f32x4.sub(loadLanes(call.x + at, count), means), rstds);
    const centered = f32x4.sub(f32x4.sub(g, meanG), f32x4.mul(normalized, meanGX));
    let v = f32x4.mul(rstds, centered);
    if (call.hasResidualGradient) v = f32x4.add(v, loadLanes(call.residualGradient + at, count));
    storeLanes(call.inputGradient + at, v, count);
    if (call.dropout > 0) {
      const mask = dropoutLanes(call.counters, call.dropoutStream, index + c, 1, call.dropout);
      storeLanes(call.dropped + at, f32x4.mul(v, mask), count);
    }
  }
}
