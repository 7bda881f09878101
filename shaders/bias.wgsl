// Bias: output[r,c] = x[r,c] + bias[c]. Backward: of x the gradient itself, of the bias its column sums.
// x, output [ROWS, COLUMNS]; bias [COLUMNS].

const ROWS: u32 = 1u;
const COLUMNS: u32 = 1u;

alias realX = f32;
alias realOutput = f32;

@group(0) @binding(0) var<storage, read> x: array<realX>;
@group(0) @binding(1) var<storage, read> bias: array<f32>;
@group(0) @binding(2) var<storage, read_write> output: array<realOutput>;

@compute @workgroup_size(64)
fn forward(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let i = id.x + id.y * groups.x * 64u;
  if (i >= ROWS * COLUMNS) { return; }
  output[i] = realOutput(f32(x[i]) + bias[i % COLUMNS]);
}
