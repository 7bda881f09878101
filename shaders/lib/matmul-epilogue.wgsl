// What every matmul shares: output[M,N] = epilogue(op(A) · op(B)). In half precision products of up
// to four neighbouring k are f16; sums over k and the epilogue are f32 always.
//   op(A) is [M,K], stored so or, with TRANSPOSE_A, as [K,M]; op(B) is [K,N], or with TRANSPOSE_B stored as [N,K].
//   Epilogue in this order, each step by its switch: + bias[n]; keep as pre-activation; GELU; × GELU'(pre-activation);
//   × dropout; + residual[m,n]; + output[m,n]. With COLUMN_SUM (TRANSPOSE_A only) columnSum[n] = Σ_k B[k,n] as well.
// Forward y = x·W: plain. Backward of x: dY·Wᵀ (TRANSPOSE_B); of W: xᵀ·dY (TRANSPOSE_A), and of the bias its column sums.

const ROWS: u32 = 4u;
const COLUMNS: u32 = 8u;
const INNER: u32 = 4u;
const TRANSPOSE_A: u32 = 0u;
const TRANSPOSE_B: u32 = 0u;
const HAS_BIAS: u32 = 0u;
const ACTIVATION: u32 = 0u;
const STORE_PRE_ACTIVATION: u32 = 0u;
const ACTIVATION_GRADIENT: u32 = 0u;
const DROPOUT: f32 = 0.0;
const DROPOUT_STREAM: u32 = 0u;
const HAS_RESIDUAL: u32 = 0u;
const ACCUMULATE: u32 = 0u;
const COLUMN_SUM: u32 = 0u;
const ACCUMULATE_COLUMN_SUM: u32 = 0u;

alias realA = f32;
alias realB = f32;
alias realResidual = f32;
alias realPreActivation = f32;
alias realOutput = f32;

@group(0) @binding(0) var<storage, read> a: array<realA>;
@group(0) @binding(0) var<storage, read> a4: array<vec4<realA>>;
@group(0) @binding(1) var<storage, read> b: array<realB>;
@group(0) @binding(1) var<storage, read> b4: array<vec4<realB>>;
@group(0) @binding(2) var<storage, read> bias: array<f32>;
@group(0) @binding(3) var<storage, read> residual: array<realResidual>;
@group(0) @binding(4) var<storage, read_write> preActivation: array<realPreActivation>;
@group(0) @binding(5) var<storage, read_write> output: array<realOutput>;
@group(0) @binding(6) var<storage, read_write> columnSum: array<f32>;
@group(0) @binding(2) var<storage, read> bias4: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read> residual4: array<vec4<realResidual>>;
@group(0) @binding(4) var<storage, read_write> preActivation4: array<vec4<realPreActivation>>;
@group(0) @binding(5) var<storage, read_write> output4: array<vec4<realOutput>>;
@group(0) @binding(6) var<storage, read_write> columnSum4: array<vec4<f32>>;
@group(0) @binding(7) var<uniform> counters: vec4<u32>;

fn store(row: u32, column: u32, sum: f32) {
  if (row >= ROWS || column >= COLUMNS) { return; }
  let at = row * COLUMNS + column;
  var v = sum;
  if (HAS_BIAS != 0u) { v += bias[column]; }
  if (STORE_PRE_ACTIVATION != 0u) { preActivation[at] = realPreActivation(v); }
  if (ACTIVATION != 0u) { v = geluValue(v, ACTIVATION); }
  if (ACTIVATION_GRADIENT != 0u) { v *= geluSlope(f32(preActivation[at]), ACTIVATION_GRADIENT); }
  if (DROPOUT > 0.0) { v *= dropoutScale(counters.y, counters.x, DROPOUT_STREAM, at, DROPOUT); }
  if (HAS_RESIDUAL != 0u) { v += f32(residual[at]); }
  if (ACCUMULATE != 0u) { v += f32(output[at]); }
  output[at] = realOutput(v);
}

fn store4(row: u32, column: u32, sum: vec4<f32>) {
  store(row, column, sum.x);
  store(row, column + 1u, sum.y);
  store(row, column + 2u, sum.z);
  store(row, column + 3u, sum.w);
}

fn storeColumnSum(column: u32, sum: f32) {
  if (column >= COLUMNS) { return; }
  columnSum[column] = select(sum, columnSum[column] + sum, ACCUMULATE_COLUMN_SUM != 0u);
}

fn storeColumnSum4(column: u32, sum: vec4<f32>) {
  storeColumnSum(column, sum.x);
  storeColumnSum(column + 1u, sum.y);
  storeColumnSum(column + 2u, sum.z);
  storeColumnSum(column + 3u, sum.w);
}

// The bias of four columns, for COLUMNS % 4 = 0: loaded before the first storeVector, since no compiler can tell that a
// store leaves it as it is.
fn biasOf(column: u32) -> vec4<f32> {
  if (HAS_BIAS == 0u) { return vec4<f32>(); }
  return bias4[min(column, COLUMNS - 4u) >> 2u];
}

// store4 for COLUMNS % 4 = 0 and a whole vec4 at `column`, whose bias is `shift`.
fn storeVector(row: u32, column: u32, sum: vec4<f32>, shift: vec4<f32>) {
  if (row >= ROWS || column >= COLUMNS) { return; }
  let at = row * COLUMNS + column;
  let i = at >> 2u;
  var v = sum;
  if (HAS_BIAS != 0u) { v += shift; }
  if (STORE_PRE_ACTIVATION != 0u) { preActivation4[i] = vec4<realPreActivation>(v); }
  if (ACTIVATION != 0u) {
    v = vec4<f32>(geluValue(v.x, ACTIVATION), geluValue(v.y, ACTIVATION), geluValue(v.z, ACTIVATION), geluValue(v.w, ACTIVATION));
  }
  if (ACTIVATION_GRADIENT != 0u) {
    let kept = vec4<f32>(preActivation4[i]);
    v *= vec4<f32>(geluSlope(kept.x, ACTIVATION_GRADIENT), geluSlope(kept.y, ACTIVATION_GRADIENT),
      geluSlope(kept.z, ACTIVATION_GRADIENT), geluSlope(kept.w, ACTIVATION_GRADIENT));
  }
  if (DROPOUT > 0.0) {
    v *= vec4<f32>(dropoutScale(counters.y, counters.x, DROPOUT_STREAM, at, DROPOUT),
      dropoutScale(counters.y, counters.x, DROPOUT_STREAM, at + 1u, DROPOUT),
      dropoutScale(counters.y, counters.x, DROPOUT_STREAM, at + 2u, DROPOUT),
      dropoutScale(counters.y, counters.x, DROPOUT_STREAM, at + 3u, DROPOUT));
  }
  if (HAS_RESIDUAL != 0u) { v += vec4<f32>(residual4[i]); }
  if (ACCUMULATE != 0u) { v += vec4<f32>(output4[i]); }
  output4[i] = vec4<realOutput>(v);
}

// Column sums of four columns of B [K,N] from one thread, in order; for COLUMNS % 4 = 0.
fn sumColumns(column: u32) {
  if (column >= COLUMNS) { return; }
  var total = vec4<f32>();
  for (var k = 0u; k < INNER; k++) { total += vec4<f32>(b4[(k * COLUMNS + column) >> 2u]); }
  if (ACCUMULATE_COLUMN_SUM != 0u) { total += columnSum4[column >> 2u]; }
  columnSum4[column >> 2u] = total;
}
