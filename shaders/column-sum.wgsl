// Column sums: sums[c] = Σ_r x[r,c] (+ sums[c]). The gradient of a bias. x [ROWS, COLUMNS].
// One thread per column, rows in order: the result does not depend on timing.

const ROWS: u32 = 1u;
const COLUMNS: u32 = 1u;
const ACCUMULATE: u32 = 0u;

@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> sums: array<f32>;

@compute @workgroup_size(64)
fn forward(@builtin(global_invocation_id) id: vec3<u32>) {
  let column = id.x;
  if (column >= COLUMNS) { return; }
  var sum = 0.0;
  for (var row = 0u; row < ROWS; row++) { sum += x[row * COLUMNS + column]; }
  sums[column] = select(sum, sums[column] + sum, ACCUMULATE != 0u);
}
