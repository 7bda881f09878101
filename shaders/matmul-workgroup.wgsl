// Matrix product by tiles in workgroup memory; formula and epilogue in lib/matmul-epilogue.wgsl. Made for GPUs, where
// memory is far and workgroup memory near. A workgroup of 16×16 threads takes 64×64 of the output, and sixteen steps of k
// at a time: the threads load both tiles together, neighbours from neighbouring addresses, and each multiplies its 4×4.
// Any rows and inner; COLUMNS % 4 = 0.

const STEP = 16u;
const SIDE = 64u;

// [k][row] and [k][column].
var<workgroup> tileA: array<real, 1024>;
var<workgroup> tileB: array<real, 1024>;

fn loadA(row: u32, k: u32) -> real {
  if (row >= ROWS || k >= INNER) { return real(0.0); }
  return real(a[select(row * INNER + k, k * ROWS + row, TRANSPOSE_A != 0u)]);
}

fn loadB(k: u32, column: u32) -> real {
  if (column >= COLUMNS || k >= INNER) { return real(0.0); }
  let at = select(k * COLUMNS + column, column * INNER + k, TRANSPOSE_B != 0u);
  return real(b4[at >> 2u][at & 3u]);
}

@compute @workgroup_size(16, 16)
fn tiled(
  @builtin(local_invocation_id) local: vec3<u32>,
  @builtin(local_invocation_index) thread: u32,
  @builtin(workgroup_id) group: vec3<u32>,
) {
  let firstRow = group.y * SIDE;
  let firstColumn = group.x * SIDE;
  var sum0 = vec4<f32>();
  var sum1 = vec4<f32>();
  var sum2 = vec4<f32>();
  var sum3 = vec4<f32>();
  for (var first = 0u; first < INNER; first += STEP) {
    for (var part = thread; part < SIDE * STEP; part += 256u) {
      // Along the axis in which the operand is contiguous.
      let rowA = select(part / STEP, part % SIDE, TRANSPOSE_A != 0u);
      let kOfA = select(part % STEP, part / SIDE, TRANSPOSE_A != 0u);
      tileA[kOfA * SIDE + rowA] = loadA(firstRow + rowA, first + kOfA);
      let columnB = select(part % SIDE, part / STEP, TRANSPOSE_B != 0u);
      let kOfB = select(part / SIDE, part % STEP, TRANSPOSE_B != 0u);
      tileB[kOfB * SIDE + columnB] = loadB(first + kOfB, firstColumn + columnB);
    }
    workgroupBarrier();
    for (var k = 0u; k < STEP; k++) {
      let fromA = k * SIDE + local.y * 4u;
      let fromB = k * SIDE + local.x * 4u;
      let row = vec4<real>(tileB[fromB], tileB[fromB + 1u], tileB[fromB + 2u], tileB[fromB + 3u]);
      sum0 += vec4<f32>(tileA[fromA] * row);
      sum1 += vec4<f32>(tileA[fromA + 1u] * row);
      sum2 += vec4<f32>(tileA[fromA + 2u] * row);
      sum3 += vec4<f32>(tileA[fromA + 3u] * row);
    }
    // The next step writes what this one still reads.
    workgroupBarrier();
  }
  let row = firstRow + local.y * 4u;
  let column = firstColumn + local.x * 4u;
  let shift = biasOf(column);
  storeVector(row, column, sum0, shift);
  storeVector(row + 1u, column, sum1, shift);
  storeVector(row + 2u, column, sum2, shift);
  storeVector(row + 3u, column, sum3, shift);
  if (COLUMN_SUM != 0u && row == 0u) { sumColumns(column); }
}
