// Gather of rows: output[k] = x[positions[k]], and zero where positions[k] < 0: a slot that holds nothing.
// Backward: inputGradient[n] = outputGradient[slots[n]], and zero where slots[n] < 0. No position is gathered twice, so
// that `slots`, the inverse of `positions`, makes it a gather too: no atomics, no order to fix.
// x [ROWS, WIDTH]; positions [GATHERED]; slots [ROWS]; output [GATHERED, WIDTH].

const ROWS: u32 = 1u;
const GATHERED: u32 = 1u;
const WIDTH: u32 = 1u;

alias realX = f32;
alias realOutput = f32;
alias realOutputGradient = f32;
alias realInputGradient = f32;

@group(0) @binding(0) var<storage, read> x: array<realX>;
@group(0) @binding(1) var<storage, read> positions: array<i32>;
@group(0) @binding(2) var<storage, read_write> output: array<realOutput>;

@compute @workgroup_size(64)
fn forward(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let i = id.x + id.y * groups.x * 64u;
  if (i >= GATHERED * WIDTH) { return; }
  let row = positions[i / WIDTH];
  var v = 0.0;
  if (row >= 0) { v = f32(x[u32(row) * WIDTH + i % WIDTH]); }
  output[i] = realOutput(v);
}

@group(0) @binding(0) var<storage, read> outputGradient: array<realOutputGradient>;
@group(0) @binding(1) var<storage, read> slots: array<i32>;
@group(0) @binding(2) var<storage, read_write> inputGradient: array<realInputGradient>;

@compute @workgroup_size(64)
fn backward_x(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let i = id.x + id.y * groups.x * 64u;
  if (i >= ROWS * WIDTH) { return; }
  let slot = slots[i / WIDTH];
  var v = 0.0;
  if (slot >= 0) { v = f32(outputGradient[u32(slot) * WIDTH + i % WIDTH]); }
  inputGradient[i] = realInputGradient(v);
}
