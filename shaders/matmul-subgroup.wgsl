enable subgroups;
// Matrix product by broadcasts within a subgroup; formula and epilogue in lib/matmul-epilogue.wgsl.
// A workgroup of THREADS takes ROW_BLOCKS·8 rows of the output; each thread keeps COLUMN_BLOCKS·4 columns of them in
// registers (one or two blocks each way). Tiles are variables by name: SwiftShader unrolls no loops, and reaches an array
// with an index out of a loop through memory, one lane at a time.
// Eight threads load a row of A each, four elements along k, and every thread multiplies all eight by its own
// columns of B: a load of A serves eight threads, whatever the subgroup's size from 8 on. With TRANSPOSE_A each loads four
// rows at one k, and eight of them eight rows at four k. With NARROW (subgroups of 4) each thread loads twice. All threads
// of a workgroup share their rows, so it doesn't matter how they form subgroups.
// Needs COLUMNS % 4 = 0 and INNER % 4 = 0; with TRANSPOSE_A also ROWS % 4 = 0.

const THREADS: u32 = 32u;
const ROW_BLOCKS: u32 = 1u;
const COLUMN_BLOCKS: u32 = 1u;
const NARROW: u32 = 0u;
// Rows of the output that a thread has: ROW_BLOCKS·8. Loops up to LINES are written out by the loader.
const LINES: u32 = 8u;

// Threads that share the loads of A.
const LOADERS = select(8u, 4u, NARROW != 0u);

// Four columns of eight rows.
struct Tile {
  r0: vec4<f32>, r1: vec4<f32>, r2: vec4<f32>, r3: vec4<f32>, r4: vec4<f32>, r5: vec4<f32>, r6: vec4<f32>, r7: vec4<f32>,
}

// `low` holds row (lane mod 8) of A, or with NARROW row (lane mod 4), and then `high` the four rows after.
fn addProduct(t: ptr<function, Tile>, b: mat4x4<real>, low: vec4<real>, high: vec4<real>) {
  (*t).r0 += vec4<f32>(b * subgroupBroadcast(low, 0u));
  (*t).r1 += vec4<f32>(b * subgroupBroadcast(low, 1u));
  (*t).r2 += vec4<f32>(b * subgroupBroadcast(low, 2u));
  (*t).r3 += vec4<f32>(b * subgroupBroadcast(low, 3u));
  if (NARROW != 0u) {
    (*t).r4 += vec4<f32>(b * subgroupBroadcast(high, 0u));
    (*t).r5 += vec4<f32>(b * subgroupBroadcast(high, 1u));
    (*t).r6 += vec4<f32>(b * subgroupBroadcast(high, 2u));
    (*t).r7 += vec4<f32>(b * subgroupBroadcast(high, 3u));
  } else {
    (*t).r4 += vec4<f32>(b * subgroupBroadcast(low, 4u));
    (*t).r5 += vec4<f32>(b * subgroupBroadcast(low, 5u));
    (*t).r6 += vec4<f32>(b * subgroupBroadcast(low, 6u));
    (*t).r7 += vec4<f32>(b * subgroupBroadcast(low, 7u));
  }
}

// The same for A as it is stored with TRANSPOSE_A: `low` holds rows 0 to 3 at k + (lane mod 4), from lane 4 on rows 4 to 7,
// or with NARROW `high` does.
fn addProductTransposed(t: ptr<function, Tile>, b: mat4x4<real>, low: vec4<real>, high: vec4<real>) {
  if (NARROW != 0u) {
    addOuterProduct(t, b[0], subgroupBroadcast(low, 0u), subgroupBroadcast(high, 0u));
    addOuterProduct(t, b[1], subgroupBroadcast(low, 1u), subgroupBroadcast(high, 1u));
    addOuterProduct(t, b[2], subgroupBroadcast(low, 2u), subgroupBroadcast(high, 2u));
    addOuterProduct(t, b[3], subgroupBroadcast(low, 3u), subgroupBroadcast(high, 3u));
  } else {
    addOuterProduct(t, b[0], subgroupBroadcast(low, 0u), subgroupBroadcast(low, 4u));
    addOuterProduct(t, b[1], subgroupBroadcast(low, 1u), subgroupBroadcast(low, 5u));
    addOuterProduct(t, b[2], subgroupBroadcast(low, 2u), subgroupBroadcast(low, 6u));
    addOuterProduct(t, b[3], subgroupBroadcast(low, 3u), subgroupBroadcast(low, 7u));
  }
}

// Of eight elements of A's column and four of B's row.
fn addOuterProduct(t: ptr<function, Tile>, b: vec4<real>, low: vec4<real>, high: vec4<real>) {
  (*t).r0 += vec4<f32>(low.x * b);
  (*t).r1 += vec4<f32>(low.y * b);
  (*t).r2 += vec4<f32>(low.z * b);
  (*t).r3 += vec4<f32>(low.w * b);
  (*t).r4 += vec4<f32>(high.x * b);
  (*t).r5 += vec4<f32>(high.y * b);
  (*t).r6 += vec4<f32>(high.z * b);
  (*t).r7 += vec4<f32>(high.w * b);
}

// What one of the LOADERS threads loads: four k of a row, or with TRANSPOSE_A four rows at one k.
fn partOfA(row: u32, k: u32, loader: u32) -> vec4<real> {
  if (TRANSPOSE_A != 0u) { return vectorATransposed(k + loader % 4u, row + loader / 4u * 4u); }
  return vectorA(row + loader, k);
}

// Of eight rows of A and each block of B.
fn addRows(
  t0: ptr<function, Tile>,
  t1: ptr<function, Tile>,
  b0: mat4x4<real>,
  b1: mat4x4<real>,
  row: u32,
  k: u32,
  loader: u32,
) {
  let low = partOfA(row, k, loader);
  var high = low;
  if (NARROW != 0u) { high = partOfA(row + 4u, k, loader); }
  addBlock(t0, b0, low, high);
  if (COLUMN_BLOCKS > 1u) { addBlock(t1, b1, low, high); }
}

fn addBlock(t: ptr<function, Tile>, b: mat4x4<real>, low: vec4<real>, high: vec4<real>) {
  if (TRANSPOSE_A != 0u) {
    addProductTransposed(t, b, low, high);
  } else {
    addProduct(t, b, low, high);
  }
}

fn storeTiles(row: u32, column: u32, upper: Tile, lower: Tile) {
  var lines = array<vec4<f32>, 16>(
    upper.r0, upper.r1, upper.r2, upper.r3, upper.r4, upper.r5, upper.r6, upper.r7,
    lower.r0, lower.r1, lower.r2, lower.r3, lower.r4, lower.r5, lower.r6, lower.r7,
  );
  let shift = biasOf(column);
  if (THREADS > 8u) {
    for (var i = 0u; i < LINES; i++) { storeVector(row + i, column, lines[i], shift); }
  } else {
    // Workgroups as small as that are for processors: they spend longer on fetching what is written out than on running
    // it, and indices that are no constants cost them little.
    let end = min(row + LINES, ROWS);
    for (var line = row; line < end; line++) { storeVector(line, column, lines[line % LINES], shift); }
  }
}

@compute @workgroup_size(THREADS)
fn subgroup(
  @builtin(local_invocation_index) thread: u32,
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(subgroup_invocation_id) lane: u32,
) {
  let row = group.y * ROW_BLOCKS * 8u;
  let column = (group.x * COLUMN_BLOCKS * THREADS + thread) * 4u;
  let next = column + THREADS * 4u;
  var t00: Tile;
  var t01: Tile;
  var t10: Tile;
  var t11: Tile;
  for (var k = 0u; k < INNER; k += 4u) {
    let b0 = blockOfB(k, column);
    var b1 = b0;
    if (COLUMN_BLOCKS > 1u) { b1 = blockOfB(k, next); }
    addRows(&t00, &t01, b0, b1, row, k, lane % LOADERS);
    if (ROW_BLOCKS > 1u) { addRows(&t10, &t11, b0, b1, row + 8u, k, lane % LOADERS); }
  }
  storeTiles(row, column, t00, t10);
  if (COLUMN_BLOCKS > 1u) { storeTiles(row, next, t01, t11); }
  if (COLUMN_SUM != 0u && group.y == 0u) {
    sumColumns(column);
    if (COLUMN_BLOCKS > 1u) { sumColumns(next); }
  }
}
