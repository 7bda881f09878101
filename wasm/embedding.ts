/** Token and position embedding, and its backward over positions sorted by token. */
import { ceilDiv, loadLanes, storeLanes } from './lib/lanes';
import { take } from './lib/parallel';
import { dropoutLanes } from './lib/random';

const positionsPerPiece = 16;

@unmanaged
export class EmbeddingCall {
  batch: i32;
  context: i32;
  width: i32;
  dropout: f32;
  dropoutStream: i32;
  tokens: usize;
  tokenTable: usize;
  positionTable: usize;
  output: usize;
  counters: usize;
}

export function embedding(call: EmbeddingCall): void {
  const positions = call.batch * call.context;
  const pieces = ceilDiv(positions, positionsPerPiece);
  for (let piece = take(); piece < pieces; piece = take()) {
    const last = min(positions, (piece + 1) * positionsPerPiece);
    for (let position = piece * positionsPerPiece; position < last; position++) embed(call, position);
  }
}

function embed(call: EmbeddingCall, position: i32): void {
  const width = call.width;
  const token = call.tokenTable + (<usize>(load<i32>(call.tokens + (<usize>position << 2)) * width) << 2);
  const place = call.positionTable + (<usize>((position % call.context) * width) << 2);
  const first = position * width;
  for (let c = 0; c < width; c += 4) {
    const at = <usize>c << 2;
    const count = width - c;
    let v = f32x4.add(loadLanes(token + at, count), loadLanes(place + at, count));
    if (call.dropout > 0) {
      v = f32x4.mul(v, dropoutLanes(call.counters, call.dropoutStream, first + c, 1, call.dropout));
    }
    storeLanes(call.output + (<usize>first << 2) + at, v, count);
  }
}

@unmanaged
export class EmbeddingBackwardCall {
  batch: i32;
  context: i32;
  width: i32;
  dropout: f32;
  dropoutStream: i32;
  vocabulary: i32;
  positions: i32;
  accumulateToken: i32;
  accumulatePosition: i32;
  outputGradient: usize;
  tokenOrder: usize;
  tokenStarts: usize;
  tokenGradient: usize;
  positionGradient: usize;
  counters: usize;
}

/** A row of the token table or the position table is one piece of work. */
export function embeddingBackward(call: EmbeddingBackwardCall): void {
  const rows = call.vocabulary + call.positions;
  const rowBytes = <usize>call.width << 2;
  for (let row = take(); row < rows; row = take()) {
    if (row < call.vocabulary) {
      tokenRow(call, row, call.tokenGradient + row * rowBytes);
    } else {
      const place = row - call.vocabulary;
      positionRow(call, place, call.positionGradient + place * rowBytes);
    }
  }
}

function tokenRow(call: EmbeddingBackwardCall, token: i32, to: usize): void {
  if (!call.accumulateToken) memory.fill(to, 0, <usize>call.width << 2);
  const starts = call.tokenStarts + (<usize>token << 2);
  const end = load<i32>(starts, 4);
  for (let n = load<i32>(starts); n < end; n++) addRow(call, to, load<i32>(call.tokenOrder + (<usize>n << 2)));
}

function positionRow(call: EmbeddingBackwardCall, place: i32, to: usize): void {
  if (!call.accumulatePosition) memory.fill(to, 0, <usize>call.width << 2);
  if (place >= call.context) return;
  for (let b = 0; b < call.batch; b++) addRow(call, to, b * call.context + place);
}

function addRow(call: EmbeddingBackwardCall, to: usize, position: i32): void {
  const width = call.width;
  const first = position * width;
  const from = call.outputGradient + (<usize>first << 2);
  for (let c = 0; c < width; c += 4) {
    const at = <usize>c << 2;
    const count = width - c;
    let v = loadLanes(from + at, count);
    if (call.dropout > 0) {
      v = f32x4.mul(v, dropoutLanes(call.counters, call.dropoutStream, first + c, 1, call.dropout));
    }
    storeLanes(to + at, f32x4.add(loadLanes(to + at, count), v), count);
  }
}
