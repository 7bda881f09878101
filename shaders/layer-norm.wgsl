// Layer norm (Ba, Kiros & Hinton 2016) over rows of width C, with an optional residual added first.
//   s = x + residual;  x̂ = (s − mean)·rstd;  y = x̂·weight + bias;  statistics = (mean, rstd) per row
// Backward, with g = outputGradient·weight:
//   inputGradient = rstd·(g − mean(g) − x̂·mean(g·x̂)) (+ residualGradient);  dropped = inputGradient × dropout mask
//   weightGradient[c] = Σ_rows outputGradient·x̂;  biasGradient[c] = Σ_rows outputGradient
// x, residual, sum, y [ROWS, WIDTH]; parameters [2, WIDTH]: weight, then bias; statistics [ROWS, 2].

const ROWS: u32 = 1u;
const WIDTH: u32 = 1u;
const EPSILON: f32 = 1e-5;
const HAS_RESIDUAL: u32 = 0u;
const HAS_RESIDUAL_GRADIENT: u32 = 0u;
const DROPOUT: f32 = 0.0;
const DROPOUT_STREAM: u32 = 0u;
const ACCUMULATE: u32 = 0u;
const ROW_GROUPS: u32 = 1u;

alias realX = f32;
alias realResidual = f32;
alias realY = f32;
alias realOutputGradient = f32;
alias realResidualGradient = f32;
alias realInputGradient = f32;
alias realDropped = f32;

@group(0) @binding(0) var<storage, read> x: array<realX>;
@group(0) @binding(1) var<storage, read> residual: array<realResidual>;
@group(0) @binding(2) var<storage, read> parameters: array<f32>;
@group(0) @binding(3) var<storage, read_write> sum: array<f32>;
@group(0) @binding(4) var<storage, read_write> y: array<realY>;
@group(0) @binding(5) var<storage, read_write> statistics: array<f32>;

fn summed(at: u32) -> f32 {
  if (HAS_RESIDUAL != 0u) { return f32(x[at]) + f32(residual[at]); }
  return f32(x[at]);
}

@compute @workgroup_size(64)
fn forward(
  @builtin(local_invocation_index) thread: u32,
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  let row = (group.x + group.y * groups.x) * (64u / LANES) + thread / LANES;
  let first = min(row, ROWS - 1u) * WIDTH;
  let lane = thread % LANES;
  var total = 0.0;
  for (var c = lane; c < WIDTH; c += LANES) { total += summed(first + c); }
  let mean = laneSum(thread, total) / f32(WIDTH);
  var squares = 0.0;
  for (var c = lane; c < WIDTH; c += LANES) {
    let d = summed(first + c) - mean;
    squares += d * d;
  }
  let rstd = inverseSqrt(laneSum(thread, squares) / f32(WIDTH) + EPSILON);
  if (row >= ROWS) { return; }
  for (var c = lane; c < WIDTH; c += LANES) {
    let s = summed(first + c);
    if (HAS_RESIDUAL != 0u) { sum[first + c] = s; }
    y[first + c] = realY((s - mean) * rstd * parameters[c] + parameters[WIDTH + c]);
  }
  if (lane == 0u) {
    statistics[2u * row] = mean;
    statistics[2u * row + 1u] = rstd;
  }
}

@group(0) @binding(0) var<storage, read> outputGradient: array<realOutputGradient>;
@group(0) @binding(1) var<storage, read> input: array<realX>;
@group(0) @binding(2) var<storage, read> weights: array<f32>;
@group(0) @binding(3) var<storage, read> rowStatistics: array<f32>;
@group(0) @binding(4) var<storage, read> residualGradient: array<realResidualGradient>;
@group(0) @binding(5) var<storage, read_write> inputGradient: array<realInputGradient>;
@group(0) @binding(6) var<storage, read_write> dropped: array<realDropped>;
@group(0) @binding(7) var<storage, read_write> parametersGradient: array<f32>;
@group(0) @binding(8) var<uniform> counters: vec4<u32>;

// Two jobs in one dispatch: the first ROW_GROUPS workgroups take rows, the others columns.
@compute @workgroup_size(64)
fn backward(
  @builtin(local_invocation_index) thread: u32,
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  let number = group.x + group.y * groups.x;
  if (number < ROW_GROUPS) {
    backwardRows(thread, number);
  } else {
    backwardColumns(thread, number - ROW_GROUPS);
  }
}

fn backwardRows(thread: u32, number: u32) {
  let row = number * (64u / LANES) + thread / LANES;
  let safe = min(row, ROWS - 1u);
  let first = safe * WIDTH;
  let lane = thread % LANES;
  let mean = rowStatistics[2u * safe];
  let rstd = rowStatistics[2u * safe + 1u];
  var sumG = 0.0;
  var sumGX = 0.0;
  for (var c = lane; c < WIDTH; c += LANES) {
    let g = f32(outputGradient[first + c]) * weights[c];
    sumG += g;
    sumGX += g * (f32(input[first + c]) - mean) * rstd;
  }
  let meanG = laneSum(thread, sumG) / f32(WIDTH);
  let meanGX = laneSum(thread, sumGX) / f32(WIDTH);
  if (row >= ROWS) { return; }
  for (var c = lane; c < WIDTH; c += LANES) {
    let at = first + c;
    let normalized = (f32(input[at]) - mean) * rstd;
    var v = rstd * (f32(outputGradient[at]) * weights[c] - meanG - normalized * meanGX);
    if (HAS_RESIDUAL_GRADIENT != 0u) { v += f32(residualGradient[at]); }
    inputGradient[at] = realInputGradient(v);
    if (DROPOUT > 0.0) { dropped[at] = realDropped(v * dropoutScale(counters.y, counters.x, DROPOUT_STREAM, at, DROPOUT)); }
  }
}

var<workgroup> columnSums: array<vec2<f32>, 64>;

// Eight columns a workgroup, eight threads a column.
fn backwardColumns(thread: u32, number: u32) {
  let column = number * 8u + thread % 8u;
  let safe = min(column, WIDTH - 1u);
  var sums = vec2<f32>();
  for (var row = thread / 8u; row < ROWS; row += 8u) {
    let at = row * WIDTH + safe;
    let g = f32(outputGradient[at]);
    sums += vec2<f32>(g * (f32(input[at]) - rowStatistics[2u * row]) * rowStatistics[2u * row + 1u], g);
  }
  columnSums[thread] = sums;
  workgroupBarrier();
  if (thread >= 8u || column >= WIDTH) { return; }
  var total = vec2<f32>();
  for (var part = thread; part < 64u; part += 8u) { total += columnSums[part]; }
  if (ACCUMULATE != 0u) { total += vec2<f32>(parametersGradient[column], parametersGradient[WIDTH + column]); }
  parametersGradient[column] = total.x;
  parametersGradient[WIDTH + column] = total.y;
}
