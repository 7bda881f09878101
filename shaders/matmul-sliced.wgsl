// Matrix product with k in slices; formula and epilogue in lib/matmul-epilogue.wgsl. Made for outputs of few tiles and a
// long k, as weight gradients have, where a thread for each tile would leave most of a GPU idle. A workgroup takes 16×32 of
// the output. Each of SLICES groups of 4×8 threads sums over its own slice of k, 4×4 a thread; then the upper half of the
// slices is added to the lower half through workgroup memory, until one is left: always in the same order.
// Needs COLUMNS % 4 = 0 and rows of A that are whole vec4s: K for NN and NT, M for TN.

const SLICES: u32 = 2u;

const SLICE_THREADS = 32u;
const LINES = 5u;
const SLICE_LENGTH = (INNER + 4u * SLICES - 1u) / (4u * SLICES) * 4u;
const SLOTS = SLICES / 2u * SLICE_THREADS;

// Four rows of a thread's tile, and its share of the column sums.
var<workgroup> partials: array<vec4<f32>, LINES * SLOTS>;

@compute @workgroup_size(8, 4, SLICES)
fn sliced(@builtin(local_invocation_id) local: vec3<u32>, @builtin(workgroup_id) group: vec3<u32>) {
  let row = group.y * 16u + local.y * 4u;
  let column = group.x * 32u + local.x * 4u;
  let slice = local.z;
  let end = min((slice + 1u) * SLICE_LENGTH, INNER);
  var sums: array<vec4<f32>, LINES>;
  if (TRANSPOSE_A != 0u) {
    for (var k = slice * SLICE_LENGTH; k < end; k++) {
      let x = vectorATransposed(k, row);
      let y = vectorB(k, column);
      sums[0] += vec4<f32>(x.x * y);
      sums[1] += vec4<f32>(x.y * y);
      sums[2] += vec4<f32>(x.z * y);
      sums[3] += vec4<f32>(x.w * y);
      if (COLUMN_SUM != 0u) { sums[4] += vec4<f32>(y); }
    }
  } else {
    for (var k = slice * SLICE_LENGTH; k < end; k += 4u) {
      let y = blockOfB(k, column);
      sums[0] += vec4<f32>(y * vectorA(row, k));
      sums[1] += vec4<f32>(y * vectorA(row + 1u, k));
      sums[2] += vec4<f32>(y * vectorA(row + 2u, k));
      sums[3] += vec4<f32>(y * vectorA(row + 3u, k));
    }
  }
  let thread = local.x + local.y * 8u;
  for (var half = SLICES / 2u; half > 0u; half /= 2u) {
    if (slice >= half && slice < 2u * half) {
      for (var line = 0u; line < LINES; line++) {
        partials[line * SLOTS + (slice - half) * SLICE_THREADS + thread] = sums[line];
      }
    }
    workgroupBarrier();
    if (slice < half) {
      for (var line = 0u; line < LINES; line++) { sums[line] += partials[line * SLOTS + slice * SLICE_THREADS + thread]; }
    }
    // The next turn writes what this one still reads.
    workgroupBarrier();
  }
  if (slice > 0u) { return; }
  let shift = biasOf(column);
  for (var line = 0u; line < 4u; line++) { storeVector(row + line, column, sums[line], shift); }
  if (COLUMN_SUM != 0u && row == 0u && column < COLUMNS) {
    if (ACCUMULATE_COLUMN_SUM != 0u) { sums[4] += columnSum4[column >> 2u]; }
    columnSum4[column >> 2u] = sums[4];
  }
}
