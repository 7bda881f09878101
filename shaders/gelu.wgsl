// GELU: output = g(x). Backward: inputGradient = outputGradient · g'(x). [LENGTH] each; formulas in lib/gelu.wgsl.

const LENGTH: u32 = 1u;
const KIND: u32 = 1u;

@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> output: array<f32>;

@compute @workgroup_size(64)
fn forward(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let i = id.x + id.y * groups.x * 64u;
  if (i >= LENGTH) { return; }
  output[i] = geluValue(x[i], KIND);
}

@group(0) @binding(0) var<storage, read> outputGradient: array<f32>;
@group(0) @binding(1) var<storage, read> input: array<f32>;
@group(0) @binding(2) var<storage, read_write> inputGradient: array<f32>;

@compute @workgroup_size(64)
fn backward_x(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let i = id.x + id.y * groups.x * 64u;
  if (i >= LENGTH) { return; }
  inputGradient[i] = outputGradient[i] * geluSlope(input[i], KIND);
}
