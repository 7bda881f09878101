enable subgroups;
// Matrix product by broadcasts within a subgroup; formula and epilogue in lib/matmul-epilogue.wgsl.
// A workgroup of THREADS takes ROW_BLOCKS·8 rows of the output; each thread keeps COLUMN_BLOCKS·4 columns of them in
// registers. Eight threads load a row of A each, four elements along k, and every thread multiplies all eight by its own
// columns of B: a load of A serves eight threads, whatever the subgroup's size from 8 on. With NARROW (subgroups of 4)
// each thread loads two rows. All threads of a workgroup share their rows, so it doesn't matter how they form subgroups.
// Needs COLUMNS % 4 = 0 and INNER % 4 = 0.

const THREADS: u32 = 32u;
const ROW_BLOCKS: u32 = 1u;
const COLUMN_BLOCKS: u32 = 1u;
const NARROW: u32 = 0u;

// Four columns of eight rows.
struct Tile {
  r0: vec4<f32>, r1: vec4<f32>, r2: vec4<f32>, r3: vec4<f32>, r4: vec4<f32>, r5: vec4<f32>, r6: vec4<f32>, r7: vec4<f32>,
}

// `low` holds row (lane mod 8) of A, or with NARROW row (lane mod 4), and then `high` the four rows after.
fn addProduct(t: ptr<function, Tile>, b: mat4x4<f32>, low: vec4<f32>, high: vec4<f32>) {
  (*t).r0 += b * subgroupBroadcast(low, 0u);
  (*t).r1 += b * subgroupBroadcast(low, 1u);
  (*t).r2 += b * subgroupBroadcast(low, 2u);
  (*t).r3 += b * subgroupBroadcast(low, 3u);
  if (NARROW != 0u) {
    (*t).r4 += b * subgroupBroadcast(high, 0u);
    (*t).r5 += b * subgroupBroadcast(high, 1u);
    (*t).r6 += b * subgroupBroadcast(high, 2u);
    (*t).r7 += b * subgroupBroadcast(high, 3u);
  } else {
    (*t).r4 += b * subgroupBroadcast(low, 4u);
    (*t).r5 += b * subgroupBroadcast(low, 5u);
    (*t).r6 += b * subgroupBroadcast(low, 6u);
    (*t).r7 += b * subgroupBroadcast(low, 7u);
  }
}

// Elements k to k+3 of a row of op(A).
fn fourOfA(row: u32, k: u32) -> vec4<f32> {
  let r = min(row, ROWS - 1u);
  if (TRANSPOSE_A != 0u) {
    let at = k * ROWS + r;
    return vec4<f32>(a[at], a[at + ROWS], a[at + 2u * ROWS], a[at + 3u * ROWS]);
  }
  let at = r * INNER + k;
  return vec4<f32>(a[at], a[at + 1u], a[at + 2u], a[at + 3u]);
}

fn storeTile(row: u32, column: u32, t: Tile) {
  storeVector(row, column, t.r0);
  storeVector(row + 1u, column, t.r1);
  storeVector(row + 2u, column, t.r2);
  storeVector(row + 3u, column, t.r3);
  storeVector(row + 4u, column, t.r4);
  storeVector(row + 5u, column, t.r5);
  storeVector(row + 6u, column, t.r6);
  storeVector(row + 7u, column, t.r7);
}

@compute @workgroup_size(THREADS)
fn subgroup(
  @builtin(local_invocation_index) thread: u32,
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(subgroup_invocation_id) lane: u32,
) {
  let row = group.y * ROW_BLOCKS * 8u;
  let column = (group.x * COLUMN_BLOCKS * THREADS + thread) * 4u;
  var tiles: array<Tile, ROW_BLOCKS * COLUMN_BLOCKS>;
  let own = row + select(lane % 8u, lane % 4u, NARROW != 0u);
  for (var k = 0u; k < INNER; k += 4u) {
    var blocks: array<mat4x4<f32>, COLUMN_BLOCKS>;
    for (var j = 0u; j < COLUMN_BLOCKS; j++) { blocks[j] = blockOfB(k, column + j * THREADS * 4u); }
    for (var i = 0u; i < ROW_BLOCKS; i++) {
      let low = fourOfA(own + i * 8u, k);
      var high = low;
      if (NARROW != 0u) { high = fourOfA(own + i * 8u + 4u, k); }
      for (var j = 0u; j < COLUMN_BLOCKS; j++) { addProduct(&tiles[i * COLUMN_BLOCKS + j], blocks[j], low, high); }
    }
  }
  for (var i = 0u; i < ROW_BLOCKS; i++) {
    for (var j = 0u; j < COLUMN_BLOCKS; j++) {
      storeTile(row + i * 8u, column + j * THREADS * 4u, tiles[i * COLUMN_BLOCKS + j]);
    }
  }
  if (COLUMN_SUM != 0u && group.y == 0u) {
    for (var j = 0u; j < COLUMN_BLOCKS; j++) { sumColumns(column + j * THREADS * 4u); }
  }
}
