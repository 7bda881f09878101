// Layer norm (Ba, Kiros & Hinton 2016) over rows of width C, with an optional residual added first.
//   s = x + residual;  x̂ = (s − mean)·rstd;  y = x̂·weight + bias;  statistics = (mean, rstd) per row
// Backward, with g = outputGradient·weight:
//   inputGradient = rstd·(g − mean(g) − x̂·mean(g·x̂)) (+ residualGradient);  dropped = inputGradient × dropout mask
//   weightGradient[c] = Σ_rows outputGradient·x̂;  biasGradient[c] = Σ_rows outputGradient
// Each of PARTS workgroups takes ROWS / PARTS rows, rounded up, and leaves its own sums over them for the last two.
// x, residual, sum, y [ROWS, WIDTH]; parameters [2, WIDTH]: weight, then bias; statistics [ROWS, 2];
// parametersGradients [PARTS, 2, WIDTH].

const ROWS: u32 = 1u;
const WIDTH: u32 = 1u;
const EPSILON: f32 = 1e-5;
const HAS_RESIDUAL: u32 = 0u;
const HAS_RESIDUAL_GRADIENT: u32 = 0u;
const DROPOUT: f32 = 0.0;
const DROPOUT_STREAM: u32 = 0u;
const PARTS: u32 = 1u;

const ROWS_PER_PART = (ROWS + PARTS - 1u) / PARTS;

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
@group(0) @binding(7) var<storage, read_write> parametersGradients: array<f32>;
@group(0) @binding(8) var<uniform> counters: vec4<u32>;

@compute @workgroup_size(64)
fn backward(
  @builtin(local_invocation_index) thread: u32,
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  let part = group.x + group.y * groups.x;
  let first = part * ROWS_PER_PART;
  let end = min(first + ROWS_PER_PART, ROWS);
  for (var row = first; row < end; row += 64u / LANES) { backwardRow(thread, row + thread / LANES, end); }
  for (var c = thread; c < WIDTH; c += 64u) {
    var toWeight = 0.0;
    var toBias = 0.0;
    for (var row = first; row < end; row++) {
      let g = f32(outputGradient[row * WIDTH + c]);
      toWeight += g * (f32(input[row * WIDTH + c]) - rowStatistics[2u * row]) * rowStatistics[2u * row + 1u];
      toBias += g;
    }
    parametersGradients[part * 2u * WIDTH + c] = toWeight;
    parametersGradients[part * 2u * WIDTH + WIDTH + c] = toBias;
  }
}

fn backwardRow(thread: u32, row: u32, end: u32) {
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
  if (row >= end) { return; }
  for (var c = lane; c < WIDTH; c += LANES) {
    let at = first + c;
    let normalized = (f32(input[at]) - mean) * rstd;
    var v = rstd * (f32(outputGradient[at]) * weights[c] - meanG - normalized * meanGX);
    if (HAS_RESIDUAL_GRADIENT != 0u) { v += f32(residualGradient[at]); }
    inputGradient[at] = realInputGradient(v);
    if (DROPOUT > 0.0) { dropped[at] = realDropped(v * dropoutScale(counters.y, counters.x, DROPOUT_STREAM, at, DROPOUT)); }
  }
}
