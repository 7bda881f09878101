// Matrix product with an epilogue: output[M,N] = epilogue(op(A) · op(B)), sums in f32.
//   op(A) is [M,K], stored so or, with TRANSPOSE_A, as [K,M]; op(B) is [K,N], or with TRANSPOSE_B stored as [N,K].
//   Epilogue in this order, each step by its switch: + bias[n]; keep as pre-activation; GELU; × GELU'(pre-activation);
//   × dropout; + residual[m,n]; + output[m,n]. With COLUMN_SUM (TRANSPOSE_A only) columnSum[n] = Σ_k B[k,n] as well.
// Forward y = x·W: plain. Backward of x: dY·Wᵀ (TRANSPOSE_B); of W: xᵀ·dY (TRANSPOSE_A), and of the bias its column sums.
// Each thread keeps a 4×8 (vector) or 4×4 (general) tile of the output in registers.
// `vector` needs rows that are whole vec4s: K for NN and NT, N for NN and TN, M for TN.

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

@group(0) @binding(0) var<storage, read> a: array<f32>;
@group(0) @binding(0) var<storage, read> a4: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> b: array<f32>;
@group(0) @binding(1) var<storage, read> b4: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> bias: array<f32>;
@group(0) @binding(3) var<storage, read> residual: array<f32>;
@group(0) @binding(4) var<storage, read_write> preActivation: array<f32>;
@group(0) @binding(5) var<storage, read_write> output: array<f32>;
@group(0) @binding(6) var<storage, read_write> columnSum: array<f32>;
@group(0) @binding(7) var<uniform> counters: vec4<u32>;

fn store(row: u32, column: u32, sum: f32) {
  if (row >= ROWS || column >= COLUMNS) { return; }
  let at = row * COLUMNS + column;
  var v = sum;
  if (HAS_BIAS != 0u) { v += bias[column]; }
  if (STORE_PRE_ACTIVATION != 0u) { preActivation[at] = v; }
  if (ACTIVATION != 0u) { v = geluValue(v, ACTIVATION); }
  if (ACTIVATION_GRADIENT != 0u) { v *= geluSlope(preActivation[at], ACTIVATION_GRADIENT); }
  if (DROPOUT > 0.0) { v *= dropoutScale(counters.y, counters.x, DROPOUT_STREAM, at, DROPOUT); }
  if (HAS_RESIDUAL != 0u) { v += residual[at]; }
  if (ACCUMULATE != 0u) { v += output[at]; }
  output[at] = v;
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

// Indices past the edge are clamped, so that every load is in bounds; store() drops what they lead to.
fn elementA(row: u32, k: u32) -> f32 {
  let r = min(row, ROWS - 1u);
  return a[select(r * INNER + k, k * ROWS + r, TRANSPOSE_A != 0u)];
}

fn elementB(k: u32, column: u32) -> f32 {
  let c = min(column, COLUMNS - 1u);
  return b[select(k * COLUMNS + c, c * INNER + k, TRANSPOSE_B != 0u)];
}

@compute @workgroup_size(8, 8)
fn general(@builtin(global_invocation_id) id: vec3<u32>) {
  let row = id.y * 4u;
  let column = id.x * 4u;
  if (row >= ROWS || column >= COLUMNS) { return; }
  var sum0 = vec4<f32>();
  var sum1 = vec4<f32>();
  var sum2 = vec4<f32>();
  var sum3 = vec4<f32>();
  var total = vec4<f32>();
  for (var k = 0u; k < INNER; k++) {
    let v = vec4<f32>(elementB(k, column), elementB(k, column + 1u), elementB(k, column + 2u), elementB(k, column + 3u));
    sum0 += elementA(row, k) * v;
    sum1 += elementA(row + 1u, k) * v;
    sum2 += elementA(row + 2u, k) * v;
    sum3 += elementA(row + 3u, k) * v;
    total += v;
  }
  store4(row, column, sum0);
  store4(row + 1u, column, sum1);
  store4(row + 2u, column, sum2);
  store4(row + 3u, column, sum3);
  if (COLUMN_SUM != 0u && row == 0u) { storeColumnSum4(column, total); }
}

// Four elements of op(A)'s row from k on (NN, NT).
fn vectorA(row: u32, k: u32) -> vec4<f32> {
  return a4[(min(row, ROWS - 1u) * INNER + k) >> 2u];
}

// Four elements of op(B)'s row k from `column` on (NN, TN).
fn vectorB(k: u32, column: u32) -> vec4<f32> {
  return b4[(k * COLUMNS + min(column, COLUMNS - 4u)) >> 2u];
}

// Four elements of op(B)'s column from k on (NT).
fn vectorBTransposed(column: u32, k: u32) -> vec4<f32> {
  return b4[(min(column, COLUMNS - 1u) * INNER + k) >> 2u];
}

@compute @workgroup_size(8, 8)
fn vector(@builtin(global_invocation_id) id: vec3<u32>) {
  let row = id.y * 4u;
  let column = id.x * 8u;
  if (row >= ROWS || column >= COLUMNS) { return; }
  let column2 = column + 4u;
  var left0 = vec4<f32>();
  var left1 = vec4<f32>();
  var left2 = vec4<f32>();
  var left3 = vec4<f32>();
  var right0 = vec4<f32>();
  var right1 = vec4<f32>();
  var right2 = vec4<f32>();
  var right3 = vec4<f32>();
  var totalLeft = vec4<f32>();
  var totalRight = vec4<f32>();
  if (TRANSPOSE_A != 0u) {
    for (var k = 0u; k < INNER; k++) {
      let x = a4[(k * ROWS + row) >> 2u];
      let l = vectorB(k, column);
      let r = vectorB(k, column2);
      left0 += x.x * l; right0 += x.x * r;
      left1 += x.y * l; right1 += x.y * r;
      left2 += x.z * l; right2 += x.z * r;
      left3 += x.w * l; right3 += x.w * r;
      totalLeft += l; totalRight += r;
    }
  } else {
    for (var k = 0u; k < INNER; k += 4u) {
      let x0 = vectorA(row, k);
      let x1 = vectorA(row + 1u, k);
      let x2 = vectorA(row + 2u, k);
      let x3 = vectorA(row + 3u, k);
      var l: mat4x4<f32>;
      var r: mat4x4<f32>;
      if (TRANSPOSE_B != 0u) {
        l = transpose(mat4x4<f32>(vectorBTransposed(column, k), vectorBTransposed(column + 1u, k),
          vectorBTransposed(column + 2u, k), vectorBTransposed(column + 3u, k)));
        r = transpose(mat4x4<f32>(vectorBTransposed(column2, k), vectorBTransposed(column2 + 1u, k),
          vectorBTransposed(column2 + 2u, k), vectorBTransposed(column2 + 3u, k)));
      } else {
        l = mat4x4<f32>(vectorB(k, column), vectorB(k + 1u, column), vectorB(k + 2u, column), vectorB(k + 3u, column));
        r = mat4x4<f32>(vectorB(k, column2), vectorB(k + 1u, column2), vectorB(k + 2u, column2), vectorB(k + 3u, column2));
      }
      left0 += l * x0; right0 += r * x0;
      left1 += l * x1; right1 += r * x1;
      left2 += l * x2; right2 += r * x2;
      left3 += l * x3; right3 += r * x3;
    }
  }
  store4(row, column, left0);
  store4(row, column2, right0);
  store4(row + 1u, column, left1);
  store4(row + 1u, column2, right1);
  store4(row + 2u, column, left2);
  store4(row + 2u, column2, right2);
  store4(row + 3u, column, left3);
  store4(row + 3u, column2, right3);
  if (COLUMN_SUM != 0u && row == 0u) {
    storeColumnSum4(column, totalLeft);
    storeColumnSum4(column2, totalRight);
  }
}
