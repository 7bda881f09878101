// Dropout (Srivastava et al. 2014): output[i] = x[i]·m[i], m = 0 with probability p, else 1/(1−p). Backward: the same map.
// The mask is a function of (seed, step, stream, i), so that the backward pass draws it again. [LENGTH] each.

const LENGTH: u32 = 1u;
const DROPOUT: f32 = 0.1;
const DROPOUT_STREAM: u32 = 0u;

alias realX = f32;
alias realOutput = f32;

@group(0) @binding(0) var<storage, read> x: array<realX>;
@group(0) @binding(1) var<storage, read_write> output: array<realOutput>;
@group(0) @binding(2) var<uniform> counters: vec4<u32>;

@compute @workgroup_size(64)
fn forward(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let i = id.x + id.y * groups.x * 64u;
  if (i >= LENGTH) { return; }
  output[i] = realOutput(f32(x[i]) * dropoutScale(counters.y, counters.x, DROPOUT_STREAM, i, DROPOUT));
}
