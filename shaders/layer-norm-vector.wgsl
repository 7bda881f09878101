// Layer norm by vec4s; formulas, bindings and sizes in layer-norm.wgsl. Each of the LANES threads of a row keeps its share of
// it in registers, so that it is read once. WIDTH % 4 = 0. Loops up to SHARE are written out by the loader.

@group(0) @binding(0) var<storage, read> x4: array<vec4<realX>>;
@group(0) @binding(1) var<storage, read> residual4: array<vec4<realResidual>>;
@group(0) @binding(2) var<storage, read> parameters4: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> sum4: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read_write> y4: array<vec4<realY>>;

const VECTORS = WIDTH / 4u;
// Vec4s of a row that a thread keeps: VECTORS / LANES, rounded up.
const SHARE: u32 = 1u;
// Rows that a thread takes one after the other, and loads its share of the parameters once for.
const ROWS_EACH: u32 = 1u;
const ROWS_PER_GROUP = THREADS / LANES * ROWS_EACH;

// Whether a row has a vec4 at `c`, where not all threads have equal shares.
fn inRow(c: u32) -> bool {
  return VECTORS % LANES == 0u || c < VECTORS;
}

fn sumOf(v: vec4<f32>) -> f32 {
  return v.x + v.y + v.z + v.w;
}

@compute @workgroup_size(THREADS)
fn forward_vector(
  @builtin(local_invocation_index) thread: u32,
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  let lane = thread % LANES;
  var weights: array<vec4<f32>, SHARE>;
  var biases: array<vec4<f32>, SHARE>;
  for (var i = 0u; i < SHARE; i++) {
    let c = min(lane + i * LANES, VECTORS - 1u);
    weights[i] = parameters4[c];
    biases[i] = parameters4[VECTORS + c];
  }
  let own = (group.x + group.y * groups.x) * ROWS_PER_GROUP + thread / LANES * ROWS_EACH;
  for (var turn = 0u; turn < ROWS_EACH; turn++) {
    let row = own + turn;
    let first = min(row, ROWS - 1u) * VECTORS + lane;
    var kept: array<vec4<f32>, SHARE>;
    var total = vec4<f32>();
    for (var i = 0u; i < SHARE; i++) {
      if (inRow(lane + i * LANES)) {
        let at = first + i * LANES;
        kept[i] = vec4<f32>(x4[at]);
        if (HAS_RESIDUAL != 0u) { kept[i] += vec4<f32>(residual4[at]); }
        total += kept[i];
      }
    }
    let mean = laneSum(thread, sumOf(total)) / f32(WIDTH);
    var squares = vec4<f32>();
    for (var i = 0u; i < SHARE; i++) {
      if (inRow(lane + i * LANES)) {
        let d = kept[i] - mean;
        squares += d * d;
      }
    }
    let rstd = inverseSqrt(laneSum(thread, sumOf(squares)) / f32(WIDTH) + EPSILON);
    if (row < ROWS) {
      for (var i = 0u; i < SHARE; i++) {
        if (inRow(lane + i * LANES)) {
          let at = first + i * LANES;
          if (HAS_RESIDUAL != 0u) { sum4[at] = kept[i]; }
          y4[at] = vec4<realY>((kept[i] - mean) * rstd * weights[i] + biases[i]);
        }
      }
      if (lane == 0u) {
        statistics[2u * row] = mean;
        statistics[2u * row + 1u] = rstd;
      }
    }
  }
}

@group(0) @binding(0) var<storage, read> outputGradient4: array<vec4<realOutputGradient>>;
@group(0) @binding(1) var<storage, read> input4: array<vec4<realX>>;
@group(0) @binding(2) var<storage, read> weights4: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read> residualGradient4: array<vec4<realResidualGradient>>;
@group(0) @binding(5) var<storage, read_write> inputGradient4: array<vec4<realInputGradient>>;
@group(0) @binding(6) var<storage, read_write> dropped4: array<vec4<realDropped>>;
@group(0) @binding(7) var<storage, read_write> parametersGradients4: array<vec4<f32>>;

fn dropoutScale4(at: u32) -> vec4<f32> {
  return vec4<f32>(dropoutScale(counters.y, counters.x, DROPOUT_STREAM, at, DROPOUT),
    dropoutScale(counters.y, counters.x, DROPOUT_STREAM, at + 1u, DROPOUT),
    dropoutScale(counters.y, counters.x, DROPOUT_STREAM, at + 2u, DROPOUT),
    dropoutScale(counters.y, counters.x, DROPOUT_STREAM, at + 3u, DROPOUT));
}

var<workgroup> columnSums: array<vec4<f32>, THREADS>;

@compute @workgroup_size(THREADS)
fn backward_vector(
  @builtin(local_invocation_index) thread: u32,
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  let part = group.x + group.y * groups.x;
  let end = min((part + 1u) * ROWS_PER_PART, ROWS);
  let lane = thread % LANES;
  var weights: array<vec4<f32>, SHARE>;
  var toWeights: array<vec4<f32>, SHARE>;
  var toBiases: array<vec4<f32>, SHARE>;
  for (var i = 0u; i < SHARE; i++) { weights[i] = weights4[min(lane + i * LANES, VECTORS - 1u)]; }
  for (var start = part * ROWS_PER_PART; start < end; start += THREADS / LANES) {
    let row = start + thread / LANES;
    let counts = THREADS == LANES || row < end;
    let safe = min(row, ROWS - 1u);
    let first = safe * VECTORS + lane;
    let mean = rowStatistics[2u * safe];
    let rstd = rowStatistics[2u * safe + 1u];
    var weighted: array<vec4<f32>, SHARE>;
    var normalized: array<vec4<f32>, SHARE>;
    var sumG = vec4<f32>();
    var sumGX = vec4<f32>();
    for (var i = 0u; i < SHARE; i++) {
      if (inRow(lane + i * LANES)) {
        let at = first + i * LANES;
        let gradient = vec4<f32>(outputGradient4[at]);
        weighted[i] = gradient * weights[i];
        normalized[i] = (vec4<f32>(input4[at]) - mean) * rstd;
        let product = gradient * normalized[i];
        sumG += weighted[i];
        sumGX += product * weights[i];
        if (counts) {
          toWeights[i] += product;
          toBiases[i] += gradient;
        }
      }
    }
    let meanG = laneSum(thread, sumOf(sumG)) / f32(WIDTH);
    let meanGX = laneSum(thread, sumOf(sumGX)) / f32(WIDTH);
    if (counts) {
      for (var i = 0u; i < SHARE; i++) {
        if (inRow(lane + i * LANES)) {
          let at = first + i * LANES;
          var v = rstd * (weighted[i] - meanG - normalized[i] * meanGX);
          if (HAS_RESIDUAL_GRADIENT != 0u) { v += vec4<f32>(residualGradient4[at]); }
          inputGradient4[at] = vec4<realInputGradient>(v);
          if (DROPOUT > 0.0) { dropped4[at] = vec4<realDropped>(v * dropoutScale4(at * 4u)); }
        }
      }
    }
  }
  for (var i = 0u; i < SHARE; i++) {
    let c = lane + i * LANES;
    let toWeight = sumOverRows(thread, toWeights[i]);
    let toBias = sumOverRows(thread, toBiases[i]);
    if (thread < LANES && inRow(c)) {
      parametersGradients4[part * 2u * VECTORS + c] = toWeight;
      parametersGradients4[part * 2u * VECTORS + VECTORS + c] = toBias;
    }
  }
}

// For the first LANES threads: over all that have the same columns. Call from uniform control flow only.
fn sumOverRows(thread: u32, own: vec4<f32>) -> vec4<f32> {
  if (THREADS == LANES) { return own; }
  columnSums[thread] = own;
  workgroupBarrier();
  var total = own;
  for (var other = thread + LANES; other < THREADS; other += LANES) { total += columnSums[other]; }
  // The next call writes what this one still reads.
  workgroupBarrier();
  return total;
}
