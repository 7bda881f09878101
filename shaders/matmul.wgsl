// Matrix product by register tiles; formula and epilogue in lib/matmul-epilogue.wgsl.
// Each thread keeps a 4×8 (vector) or 4×4 (general) tile of the output in registers; general takes any sizes.
// `vector` needs COLUMNS % 4 = 0 and rows of A that are whole vec4s: K for NN and NT, M for TN.

// Indices past the edge are clamped, so that every load is in bounds; store() drops what they lead to.
fn elementA(row: u32, k: u32) -> real {
  let r = min(row, ROWS - 1u);
  return real(a[select(r * INNER + k, k * ROWS + r, TRANSPOSE_A != 0u)]);
}

fn elementB(k: u32, column: u32) -> real {
  let c = min(column, COLUMNS - 1u);
  return real(b[select(k * COLUMNS + c, c * INNER + k, TRANSPOSE_B != 0u)]);
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
    let v = vec4<real>(elementB(k, column), elementB(k, column + 1u), elementB(k, column + 2u), elementB(k, column + 3u));
    sum0 += vec4<f32>(elementA(row, k) * v);
    sum1 += vec4<f32>(elementA(row + 1u, k) * v);
    sum2 += vec4<f32>(elementA(row + 2u, k) * v);
    sum3 += vec4<f32>(elementA(row + 3u, k) * v);
    total += vec4<f32>(v);
  }
  store4(row, column, sum0);
  store4(row + 1u, column, sum1);
  store4(row + 2u, column, sum2);
  store4(row + 3u, column, sum3);
  if (COLUMN_SUM != 0u && row == 0u) { storeColumnSum4(column, total); }
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
  if (TRANSPOSE_A != 0u) {
    for (var k = 0u; k < INNER; k++) {
      let x = vectorATransposed(k, row);
      let l = vectorB(k, column);
      let r = vectorB(k, column2);
      left0 += vec4<f32>(x.x * l); right0 += vec4<f32>(x.x * r);
      left1 += vec4<f32>(x.y * l); right1 += vec4<f32>(x.y * r);
      left2 += vec4<f32>(x.z * l); right2 += vec4<f32>(x.z * r);
      left3 += vec4<f32>(x.w * l); right3 += vec4<f32>(x.w * r);
    }
  } else {
    for (var k = 0u; k < INNER; k += 4u) {
      let x0 = vectorA(row, k);
      let x1 = vectorA(row + 1u, k);
      let x2 = vectorA(row + 2u, k);
      let x3 = vectorA(row + 3u, k);
      let l = blockOfB(k, column);
      let r = blockOfB(k, column2);
      left0 += vec4<f32>(l * x0); right0 += vec4<f32>(r * x0);
      left1 += vec4<f32>(l * x1); right1 += vec4<f32>(r * x1);
      left2 += vec4<f32>(l * x2); right2 += vec4<f32>(r * x2);
      left3 += vec4<f32>(l * x3); right3 += vec4<f32>(r * x3);
    }
  }
  let shift = biasOf(column);
  let shift2 = biasOf(column2);
  storeVector(row, column, left0, shift);
  storeVector(row, column2, right0, shift2);
  storeVector(row + 1u, column, left1, shift);
  storeVector(row + 1u, column2, right1, shift2);
  storeVector(row + 2u, column, left2, shift);
  storeVector(row + 2u, column2, right2, shift2);
  storeVector(row + 3u, column, left3, shift);
  storeVector(row + 3u, column2, right3, shift2);
  if (COLUMN_SUM != 0u && row == 0u) {
    sumColumns(column);
    sumColumns(column2);
  }
}
