// Global gradient norm and the clip scale (Pascanu et al. 2013): norm = √Σ g², scale = min(1, CLIP / (norm + 1e-6)).
// `partial` sums squares per workgroup; `final` adds those up in one workgroup and writes metrics[slot].z and
// control = (scale, poisoned). Poisoned becomes 1 once a loss or norm is not finite and stays so: no update is made then.
// gradients [LENGTH]; partials [GROUPS]; control [4]. Fixed trees.

const LENGTH: u32 = 1u;
const GROUPS: u32 = 1u;
const CLIP: f32 = 0.0;

@group(0) @binding(0) var<storage, read> gradients: array<f32>;
@group(0) @binding(1) var<storage, read_write> partials: array<f32>;

@compute @workgroup_size(64)
fn partial(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3<u32>) {
  var sum = 0.0;
  for (var i = group.x * 64u + thread; i < LENGTH; i += GROUPS * 64u) { sum += gradients[i] * gradients[i]; }
  let total = laneSum(thread, sum);
  if (thread == 0u) { partials[group.x] = total; }
}

@group(0) @binding(0) var<storage, read> sums: array<f32>;
@group(0) @binding(1) var<storage, read_write> metrics: array<f32>;
@group(0) @binding(2) var<storage, read_write> control: array<f32>;
@group(0) @binding(3) var<uniform> counters: vec4<u32>;

// By exponent bits: a compiler may fold x != x to false.
fn finite(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7f800000u) != 0x7f800000u;
}

@compute @workgroup_size(64)
fn final_norm(@builtin(local_invocation_index) thread: u32) {
  var sum = 0.0;
  for (var i = thread; i < GROUPS; i += 64u) { sum += sums[i]; }
  let squared = laneSum(thread, sum);
  if (thread > 0u) { return; }
  let norm = sqrt(squared);
  let at = counters.z * 4u;
  metrics[at + 2u] = norm;
  control[0] = select(1.0, min(1.0, CLIP / (norm + 1e-6)), CLIP > 0.0);
  if (!finite(squared) || !finite(metrics[at])) { control[1] = 1.0; }
}
