// Column sums: sums[c] = Σ_r x[r,c] (+ sums[c]). The gradient of a bias. x [ROWS, COLUMNS].
// A workgroup takes eight columns, THREADS / 8 threads a column, or a thread 8 / THREADS columns one after the other; a fixed
// order throughout, so that the result does not depend on timing.

const ROWS: u32 = 1u;
const COLUMNS: u32 = 1u;
const ACCUMULATE: u32 = 0u;
const THREADS: u32 = 64u;

alias realX = f32;

@group(0) @binding(0) var<storage, read> x: array<realX>;
@group(0) @binding(1) var<storage, read_write> sums: array<f32>;

var<workgroup> partials: array<f32, THREADS>;

@compute @workgroup_size(THREADS)
fn forward(
  @builtin(local_invocation_index) thread: u32,
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  for (var turn = 0u; turn < 8u; turn += THREADS) {
    let column = (group.x + group.y * groups.x) * 8u + turn + thread % 8u;
    let safe = min(column, COLUMNS - 1u);
    var sum = 0.0;
    for (var row = thread / 8u; row < ROWS; row += max(THREADS / 8u, 1u)) { sum += f32(x[row * COLUMNS + safe]); }
    if (THREADS > 8u) {
      partials[thread] = sum;
      workgroupBarrier();
      for (var other = thread + 8u; other < THREADS; other += 8u) { sum += partials[other]; }
    }
    if (thread < 8u && column < COLUMNS) { sums[column] = select(sum, sums[column] + sum, ACCUMULATE != 0u); }
  }
}
