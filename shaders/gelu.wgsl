// GELU: output = g(x). Backward: inputGradient = outputGradient · g'(x). [LENGTH] each; formulas in lib/gelu.wgsl.

const LENGTH: u32 = 1u;
const KIND: u32 = 1u;

alias realX = f32;
alias realOutput = f32;
alias realOutputGradient = f32;
alias realInputGradient = f32;

@group(0) @binding(0) var<storage, read> x: array<realX>;
@group(0) @binding(1) var<storage, read_write> output: array<realOutput>;

@compute @workgroup_size(64)
fn forward(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let i = id.x + id.y * groups.x * 64u;
  if (i >= LENGTH) { return; }
  output[i] = realOutput(geluValue(f32(x[i]), KIND));
}

@group(0) @binding(0) var<storage, read> outputGradient: array<realOutputGradient>;
@group(0) @binding(1) var<storage, read> input: array<realX>;
@group(0) @binding(2) var<storage, read_write> inputGradient: array<realInputGradient>;

@compute @workgroup_size(64)
fn backward_x(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let i = id.x + id.y * groups.x * 64u;
  if (i >= LENGTH) { return; }
  inputGradient[i] = realInputGradient(f32(outputGradient[i]) * geluSlope(f32(input[i]), KIND));
}
