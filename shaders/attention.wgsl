// Multi-head attention without a T×T matrix, after FlashAttention-2 (Dao 2023): the forward pass keeps only the
// log-sum-exp of each row of scores, and the backward pass computes the probabilities again from it.
//   s_ij = q_i·k_j/√D;  P_ij = exp(s_ij − logSumExp_i);  o_i = Σ_j P_ij·m_ij·v_j,  m = dropout mask, j ≤ i if CAUSAL
//   r_i = do_i·o_i (rowDot);  ds_ij = P_ij·(m_ij·do_i·v_j − r_i)
//   dq_i = Σ_j ds_ij·k_j/√D;  dk_j = Σ_i ds_ij·q_i/√D;  dv_j = Σ_i P_ij·m_ij·do_i
// qkv and its gradient [B, T, 3C]: Q, K, V side by side, heads contiguous in each; output [B, T, C]; logSumExp and
// rowDot [B, H, T]. One thread per row of one head: a query in `forward` and `backward_query`, a key in the other.
// With LIMITED, the forward pass sees the first counters.w keys only, where that is not 0: what follows is padding.
// The `vector` entry points need D % 4 = 0; the others take any D.

const BATCH: u32 = 1u;
const CONTEXT: u32 = 1u;
const HEADS: u32 = 1u;
const HEAD_WIDTH: u32 = 4u;
const CAUSAL: u32 = 1u;
const LIMITED: u32 = 0u;
const DROPOUT: f32 = 0.0;
const DROPOUT_STREAM: u32 = 0u;

const WIDTH = HEADS * HEAD_WIDTH;
const CHUNKS = (HEAD_WIDTH + 3u) / 4u;
const SCALE = inverseSqrt(f32(HEAD_WIDTH));

@group(0) @binding(0) var<storage, read> qkv: array<f32>;
@group(0) @binding(0) var<storage, read> qkv4: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read_write> output: array<f32>;
@group(0) @binding(1) var<storage, read_write> output4: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read_write> logSumExp: array<f32>;
@group(0) @binding(3) var<uniform> forwardCounters: vec4<u32>;

// Which row of which head a thread has.
struct Place {
  valid: bool,
  batch: u32,
  head: u32,
  row: u32,
  // Index into [B, H, T].
  flat: u32,
}

fn place(id: vec3<u32>, groups: vec3<u32>) -> Place {
  let flat = id.x + id.y * groups.x * 64u;
  let head = flat / CONTEXT;
  return Place(flat < BATCH * HEADS * CONTEXT, head / HEADS, head % HEADS, flat % CONTEXT, flat);
}

// Element index of part 0 (Q), 1 (K) or 2 (V) of a row of qkv.
fn partStart(p: Place, row: u32, part: u32) -> u32 {
  return (p.batch * CONTEXT + row) * 3u * WIDTH + part * WIDTH + p.head * HEAD_WIDTH;
}

// Element index of a row of this head in an array [B, T, C].
fn rowStart(p: Place, row: u32) -> u32 {
  return (p.batch * CONTEXT + row) * WIDTH + p.head * HEAD_WIDTH;
}

fn mask(counters: vec4<u32>, p: Place, query: u32, key: u32) -> f32 {
  if (DROPOUT == 0.0) { return 1.0; }
  let index = ((p.batch * HEADS + p.head) * CONTEXT + query) * CONTEXT + key;
  return dropoutScale(counters.y, counters.x, DROPOUT_STREAM, index, DROPOUT);
}

fn keyEnd(query: u32) -> u32 {
  return select(CONTEXT, query + 1u, CAUSAL != 0u);
}

fn seenEnd(query: u32) -> u32 {
  let length = forwardCounters.w;
  return min(keyEnd(query), select(CONTEXT, length, LIMITED != 0u && length != 0u));
}

@compute @workgroup_size(64)
fn forward_vector(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let p = place(id, groups);
  if (!p.valid) { return; }
  var q: array<vec4<f32>, CHUNKS>;
  var sum: array<vec4<f32>, CHUNKS>;
  let start = partStart(p, p.row, 0u) / 4u;
  for (var d = 0u; d < CHUNKS; d++) { q[d] = qkv4[start + d] * SCALE; }
  var largest = -1e30;
  var total = 0.0;
  let end = seenEnd(p.row);
  for (var j = 0u; j < end; j++) {
    let k = partStart(p, j, 1u) / 4u;
    let v = partStart(p, j, 2u) / 4u;
    var products = vec4<f32>();
    for (var d = 0u; d < CHUNKS; d++) { products += q[d] * qkv4[k + d]; }
    let score = products.x + products.y + products.z + products.w;
    if (score > largest) {
      let shrink = exp(largest - score);
      for (var d = 0u; d < CHUNKS; d++) { sum[d] *= shrink; }
      total *= shrink;
      largest = score;
    }
    let weight = exp(score - largest);
    total += weight;
    let kept = weight * mask(forwardCounters, p, p.row, j);
    for (var d = 0u; d < CHUNKS; d++) { sum[d] += kept * qkv4[v + d]; }
  }
  let at = rowStart(p, p.row) / 4u;
  for (var d = 0u; d < CHUNKS; d++) { output4[at + d] = sum[d] / total; }
  logSumExp[p.flat] = largest + log(total);
}

@compute @workgroup_size(64)
fn forward_general(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let p = place(id, groups);
  if (!p.valid) { return; }
  var sum: array<f32, HEAD_WIDTH>;
  let q = partStart(p, p.row, 0u);
  var largest = -1e30;
  var total = 0.0;
  let end = seenEnd(p.row);
  for (var j = 0u; j < end; j++) {
    let k = partStart(p, j, 1u);
    let v = partStart(p, j, 2u);
    var score = 0.0;
    for (var d = 0u; d < HEAD_WIDTH; d++) { score += qkv[q + d] * SCALE * qkv[k + d]; }
    if (score > largest) {
      let shrink = exp(largest - score);
      for (var d = 0u; d < HEAD_WIDTH; d++) { sum[d] *= shrink; }
      total *= shrink;
      largest = score;
    }
    let weight = exp(score - largest);
    total += weight;
    let kept = weight * mask(forwardCounters, p, p.row, j);
    for (var d = 0u; d < HEAD_WIDTH; d++) { sum[d] += kept * qkv[v + d]; }
  }
  let at = rowStart(p, p.row);
  for (var d = 0u; d < HEAD_WIDTH; d++) { output[at + d] = sum[d] / total; }
  logSumExp[p.flat] = largest + log(total);
}

@group(0) @binding(1) var<storage, read> result: array<f32>;
@group(0) @binding(1) var<storage, read> result4: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> outputGradient: array<f32>;
@group(0) @binding(2) var<storage, read> outputGradient4: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read> savedLogSumExp: array<f32>;
@group(0) @binding(4) var<storage, read_write> rowDot: array<f32>;
@group(0) @binding(5) var<storage, read_write> qkvGradient: array<f32>;
@group(0) @binding(5) var<storage, read_write> qkvGradient4: array<vec4<f32>>;
@group(0) @binding(6) var<uniform> counters: vec4<u32>;

@compute @workgroup_size(64)
fn backward_query_vector(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let p = place(id, groups);
  if (!p.valid) { return; }
  var q: array<vec4<f32>, CHUNKS>;
  var gradient: array<vec4<f32>, CHUNKS>;
  var sum: array<vec4<f32>, CHUNKS>;
  let start = partStart(p, p.row, 0u) / 4u;
  let at = rowStart(p, p.row) / 4u;
  var dots = vec4<f32>();
  for (var d = 0u; d < CHUNKS; d++) {
    q[d] = qkv4[start + d] * SCALE;
    gradient[d] = outputGradient4[at + d];
    dots += gradient[d] * result4[at + d];
  }
  let own = dots.x + dots.y + dots.z + dots.w;
  rowDot[p.flat] = own;
  let saved = savedLogSumExp[p.flat];
  let end = keyEnd(p.row);
  for (var j = 0u; j < end; j++) {
    let k = partStart(p, j, 1u) / 4u;
    let v = partStart(p, j, 2u) / 4u;
    var scores = vec4<f32>();
    var slopes = vec4<f32>();
    for (var d = 0u; d < CHUNKS; d++) {
      scores += q[d] * qkv4[k + d];
      slopes += gradient[d] * qkv4[v + d];
    }
    let weight = exp(scores.x + scores.y + scores.z + scores.w - saved);
    let slope = (slopes.x + slopes.y + slopes.z + slopes.w) * mask(counters, p, p.row, j);
    let ds = weight * (slope - own);
    for (var d = 0u; d < CHUNKS; d++) { sum[d] += ds * qkv4[k + d]; }
  }
  for (var d = 0u; d < CHUNKS; d++) { qkvGradient4[start + d] = sum[d] * SCALE; }
}

@compute @workgroup_size(64)
fn backward_query_general(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let p = place(id, groups);
  if (!p.valid) { return; }
  var sum: array<f32, HEAD_WIDTH>;
  let q = partStart(p, p.row, 0u);
  let at = rowStart(p, p.row);
  var own = 0.0;
  for (var d = 0u; d < HEAD_WIDTH; d++) { own += outputGradient[at + d] * result[at + d]; }
  rowDot[p.flat] = own;
  let saved = savedLogSumExp[p.flat];
  let end = keyEnd(p.row);
  for (var j = 0u; j < end; j++) {
    let k = partStart(p, j, 1u);
    let v = partStart(p, j, 2u);
    var score = 0.0;
    var slope = 0.0;
    for (var d = 0u; d < HEAD_WIDTH; d++) {
      score += qkv[q + d] * SCALE * qkv[k + d];
      slope += outputGradient[at + d] * qkv[v + d];
    }
    let ds = exp(score - saved) * (slope * mask(counters, p, p.row, j) - own);
    for (var d = 0u; d < HEAD_WIDTH; d++) { sum[d] += ds * qkv[k + d]; }
  }
  for (var d = 0u; d < HEAD_WIDTH; d++) { qkvGradient[q + d] = sum[d] * SCALE; }
}

@group(0) @binding(1) var<storage, read> gradientOfOutput: array<f32>;
@group(0) @binding(1) var<storage, read> gradientOfOutput4: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> rowLogSumExp: array<f32>;
@group(0) @binding(3) var<storage, read> savedRowDot: array<f32>;
@group(0) @binding(4) var<storage, read_write> gradientOfQkv: array<f32>;
@group(0) @binding(4) var<storage, read_write> gradientOfQkv4: array<vec4<f32>>;
@group(0) @binding(5) var<uniform> keyCounters: vec4<u32>;

@compute @workgroup_size(64)
fn backward_key_value_vector(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let p = place(id, groups);
  if (!p.valid) { return; }
  var k: array<vec4<f32>, CHUNKS>;
  var v: array<vec4<f32>, CHUNKS>;
  var keySum: array<vec4<f32>, CHUNKS>;
  var valueSum: array<vec4<f32>, CHUNKS>;
  let keyStart = partStart(p, p.row, 1u) / 4u;
  let valueStart = partStart(p, p.row, 2u) / 4u;
  for (var d = 0u; d < CHUNKS; d++) {
    k[d] = qkv4[keyStart + d] * SCALE;
    v[d] = qkv4[valueStart + d];
  }
  for (var i = select(0u, p.row, CAUSAL != 0u); i < CONTEXT; i++) {
    let q = partStart(p, i, 0u) / 4u;
    let at = rowStart(p, i) / 4u;
    let flat = p.flat - p.row + i;
    var scores = vec4<f32>();
    var slopes = vec4<f32>();
    for (var d = 0u; d < CHUNKS; d++) {
      scores += k[d] * qkv4[q + d];
      slopes += v[d] * gradientOfOutput4[at + d];
    }
    let weight = exp(scores.x + scores.y + scores.z + scores.w - rowLogSumExp[flat]);
    let scale = mask(keyCounters, p, i, p.row);
    let kept = weight * scale;
    let ds = weight * ((slopes.x + slopes.y + slopes.z + slopes.w) * scale - savedRowDot[flat]);
    for (var d = 0u; d < CHUNKS; d++) {
      valueSum[d] += kept * gradientOfOutput4[at + d];
      keySum[d] += ds * qkv4[q + d];
    }
  }
  for (var d = 0u; d < CHUNKS; d++) {
    gradientOfQkv4[keyStart + d] = keySum[d] * SCALE;
    gradientOfQkv4[valueStart + d] = valueSum[d];
  }
}

@compute @workgroup_size(64)
fn backward_key_value_general(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let p = place(id, groups);
  if (!p.valid) { return; }
  var keySum: array<f32, HEAD_WIDTH>;
  var valueSum: array<f32, HEAD_WIDTH>;
  let k = partStart(p, p.row, 1u);
  let v = partStart(p, p.row, 2u);
  for (var i = select(0u, p.row, CAUSAL != 0u); i < CONTEXT; i++) {
    let q = partStart(p, i, 0u);
    let at = rowStart(p, i);
    let flat = p.flat - p.row + i;
    var score = 0.0;
    var slope = 0.0;
    for (var d = 0u; d < HEAD_WIDTH; d++) {
      score += qkv[k + d] * SCALE * qkv[q + d];
      slope += qkv[v + d] * gradientOfOutput[at + d];
    }
    let weight = exp(score - rowLogSumExp[flat]);
    let scale = mask(keyCounters, p, i, p.row);
    let ds = weight * (slope * scale - savedRowDot[flat]);
    for (var d = 0u; d < HEAD_WIDTH; d++) {
      valueSum[d] += weight * scale * gradientOfOutput[at + d];
      keySum[d] += ds * qkv[q + d];
    }
  }
  for (var d = 0u; d < HEAD_WIDTH; d++) {
    gradientOfQkv[k + d] = keySum[d] * SCALE;
    gradientOfQkv[v + d] = valueSum[d];
  }
}
