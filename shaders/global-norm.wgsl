// Global gradient norm and the clip scale (Pascanu et al. 2013): norm = √Σ g², scale = min(1, CLIP / (norm + 1e-6)).
// `partial` sums squares per workgroup; `final` adds those up in one workgroup and writes metrics[slot].z and
// control = (scale, poisoned, skipped). Poisoned becomes 1 once a loss or norm is not finite and stays so: no update is made then.
// Where the loss is scaled (DOUBLE_AFTER > 0) gradients are as many times too large: the norm and control[0] make up for it.
// Gradients that are not finite then make this step be skipped and the scale half as large, down to 1; after
// DOUBLE_AFTER steps without such it doubles (Micikevicius et al. 2018). metrics[slot].w = the scale of this step.
// gradients [LENGTH], LENGTH % 4 = 0; partials [GROUPS]; control [4]; scaling = (loss scale, steps since it changed, -, -).
// Fixed trees.

const LENGTH: u32 = 4u;
const GROUPS: u32 = 1u;
const CLIP: f32 = 0.0;
const DOUBLE_AFTER: u32 = 0u;
const LARGEST_SCALE = 16777216.0;
// Vec4s that a workgroup takes at a time, whatever its size.
const BLOCK = 64u;

@group(0) @binding(0) var<storage, read> gradients: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read_write> partials: array<f32>;

@compute @workgroup_size(THREADS)
fn partial(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3<u32>) {
  var squares = vec4<f32>();
  for (var block = group.x * BLOCK; block < LENGTH / 4u; block += GROUPS * BLOCK) {
    let end = min(block + BLOCK, LENGTH / 4u);
    for (var i = block + thread; i < end; i += THREADS) { squares += gradients[i] * gradients[i]; }
  }
  let total = laneSum(thread, squares.x + squares.y + squares.z + squares.w);
  if (thread == 0u) { partials[group.x] = total; }
}

@group(0) @binding(0) var<storage, read> sums: array<f32>;
@group(0) @binding(1) var<storage, read_write> metrics: array<f32>;
@group(0) @binding(2) var<storage, read_write> control: array<f32>;
@group(0) @binding(3) var<uniform> counters: vec4<u32>;
@group(0) @binding(4) var<storage, read_write> scaling: array<f32>;

// By exponent bits: a compiler may fold x != x to false.
fn finite(x: f32) -> bool {
  return (bitcast<u32>(x) & 0x7f800000u) != 0x7f800000u;
}

@compute @workgroup_size(THREADS)
fn final_norm(@builtin(local_invocation_index) thread: u32) {
  var sum = 0.0;
  for (var i = thread; i < GROUPS; i += THREADS) { sum += sums[i]; }
  let squared = laneSum(thread, sum);
  if (thread > 0u) { return; }
  var scale = 1.0;
  if (DOUBLE_AFTER > 0u) { scale = scaling[0]; }
  let norm = sqrt(squared) / scale;
  let at = counters.z * 4u;
  metrics[at + 2u] = norm;
  control[0] = select(1.0, min(1.0, CLIP / (norm + 1e-6)), CLIP > 0.0) / scale;
  let sound = finite(squared);
  if (!finite(metrics[at]) || (!sound && scale <= 1.0)) { control[1] = 1.0; }
  if (DOUBLE_AFTER == 0u) { return; }
  metrics[at + 3u] = scale;
  control[2] = select(1.0, 0.0, sound);
  let steps = select(0.0, scaling[1] + 1.0, sound);
  let doubles = steps >= f32(DOUBLE_AFTER);
  scaling[0] = clamp(scale * select(select(0.5, 1.0, sound), 2.0, doubles), 1.0, LARGEST_SCALE);
  scaling[1] = select(steps, 0.0, doubles);
}
