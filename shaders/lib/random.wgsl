// Counter-based random numbers: a pure function of (seed, step, stream, index).
// Three-dimensional PCG hash, Jarzynski & Olano, "Hash Functions for GPU Rendering", JCGT 9(3), 2020.

fn hash3(key: vec3<u32>) -> u32 {
  var v = key * 1664525u + 1013904223u;
  v.x += v.y * v.z;
  v.y += v.z * v.x;
  v.z += v.x * v.y;
  v ^= v >> vec3<u32>(16u);
  v.x += v.y * v.z;
  v.y += v.z * v.x;
  v.z += v.x * v.y;
  return v.x;
}

// 0 with probability p, else 1 / (1 - p). The hash counts as a number in [0, 1) by its upper 24 bits.
fn dropoutScale(seed: u32, step: u32, stream: u32, index: u32, p: f32) -> f32 {
  let bits = hash3(vec3<u32>(index, step, seed ^ (stream * 2654435769u))) >> 8u;
  return select(0.0, 1.0 / (1.0 - p), f32(bits) >= p * 16777216.0);
}
