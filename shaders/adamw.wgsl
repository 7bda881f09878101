// AdamW (Loshchilov & Hutter 2019) over flat arenas, one dispatch for the whole model:
//   g = gradient·clipScale;  m = β₁m + (1−β₁)g;  v = β₂v + (1−β₂)g²
//   p = p·(1 − rate·decay) − rate·(m / (1−β₁ᵗ)) / (√(v / (1−β₂ᵗ)) + ε);  decay for elements below DECAYED only
// All arrays [LENGTH], LENGTH and DECAYED multiples of 4. control = (clip scale, poisoned, skipped, -): poisoned or
// skipped, nothing changes. copy [COPIED]: the weights as products read them in half precision.
// rates = (learning rate, 1−β₁ᵗ, 1−β₂ᵗ, weight decay).

const LENGTH: u32 = 4u;
const DECAYED: u32 = 0u;
const COPIED: u32 = 0u;
const BETA1: f32 = 0.9;
const BETA2: f32 = 0.999;
// 1 - beta, rounded once.
const COMPLEMENT1: f32 = 0.1;
const COMPLEMENT2: f32 = 0.001;
const EPSILON: f32 = 1e-8;

alias realCopy = f32;

@group(0) @binding(0) var<storage, read_write> parameters: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> gradients: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read_write> firstMoment: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> secondMoment: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read> control: array<f32>;
@group(0) @binding(5) var<uniform> rates: vec4<f32>;
@group(0) @binding(6) var<storage, read_write> copy: array<vec4<realCopy>>;

@compute @workgroup_size(64)
fn update(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let i = id.x + id.y * groups.x * 64u;
  if (i * 4u >= LENGTH || control[1] != 0.0 || control[2] != 0.0) { return; }
  let g = gradients[i] * control[0];
  let m = BETA1 * firstMoment[i] + COMPLEMENT1 * g;
  let v = BETA2 * secondMoment[i] + COMPLEMENT2 * g * g;
  firstMoment[i] = m;
  secondMoment[i] = v;
  let decay = select(0.0, rates.x * rates.w, i * 4u < DECAYED);
  let step = rates.x * (m / rates.y) / (sqrt(v / rates.z) + EPSILON);
  let p = parameters[i] * (1.0 - decay) - step;
  parameters[i] = p;
  if (i * 4u < COPIED) { copy[i] = vec4<realCopy>(p); }
}
