// Column sums: sums[c] = Σ_r x[r,c] (+ sums[c]). The gradient of a bias. x [ROWS, COLUMNS].
// A workgroup takes eight columns, eight threads a column, each every eighth row; a fixed order throughout, so that the
// result does not depend on timing.

const ROWS: u32 = 1u;
const COLUMNS: u32 = 1u;
const ACCUMULATE: u32 = 0u;

alias realX = f32;

@group(0) @binding(0) var<storage, read> x: array<realX>;
@group(0) @binding(1) var<storage, read_write> sums: array<f32>;

var<workgroup> partials: array<f32, 64>;

@compute @workgroup_size(64)
fn forward(
  @builtin(local_invocation_index) thread: u32,
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  let column = (group.x + group.y * groups.x) * 8u + thread % 8u;
  let safe = min(column, COLUMNS - 1u);
  var sum = 0.0;
  for (var row = thread / 8u; row < ROWS; row += 8u) { sum += f32(x[row * COLUMNS + safe]); }
  partials[thread] = sum;
  workgroupBarrier();
  if (thread >= 8u || column >= COLUMNS) { return; }
  var total = 0.0;
  for (var part = thread; part < 64u; part += 8u) { total += partials[part]; }
  sums[column] = select(total, sums[column] + total, ACCUMULATE != 0u);
}
