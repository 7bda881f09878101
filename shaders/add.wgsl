// Sum: output = a + b (+ output). Backward of a + b: the gradient passes to both unchanged. [LENGTH] each.

const LENGTH: u32 = 1u;
const HAS_B: u32 = 1u;
const ACCUMULATE: u32 = 0u;

alias realA = f32;
alias realB = f32;
alias realOutput = f32;

@group(0) @binding(0) var<storage, read> a: array<realA>;
@group(0) @binding(1) var<storage, read> b: array<realB>;
@group(0) @binding(2) var<storage, read_write> output: array<realOutput>;

@compute @workgroup_size(64)
fn forward(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let i = id.x + id.y * groups.x * 64u;
  if (i >= LENGTH) { return; }
  var v = f32(a[i]);
  if (HAS_B != 0u) { v += f32(b[i]); }
  if (ACCUMULATE != 0u) { v += f32(output[i]); }
  output[i] = realOutput(v);
}
