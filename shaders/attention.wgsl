// Multi-head attention, one thread per row of one head: a query in `forward` and `backward_query`, a key in the other.
// Formulas and bindings in lib/attention.wgsl. The `vector` entry points need D % 4 = 0; the others take any D.

@compute @workgroup_size(64)
fn forward_vector(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let p = place(id, groups);
  if (!p.valid) { return; }
  var q: array<vec4<real>, CHUNKS>;
  var sum: array<vec4<f32>, CHUNKS>;
  let start = partStart(p, p.row, 0u) / 4u;
  for (var d = 0u; d < CHUNKS; d++) { q[d] = scaledFour(start + d); }
  var largest = -1e30;
  var total = 0.0;
  let end = seenEnd(p.row);
  for (var j = 0u; j < end; j++) {
    let k = partStart(p, j, 1u) / 4u;
    let v = partStart(p, j, 2u) / 4u;
    var products = vec4<f32>();
    for (var d = 0u; d < CHUNKS; d++) { products += vec4<f32>(q[d] * four(k + d)); }
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
    for (var d = 0u; d < CHUNKS; d++) { sum[d] += vec4<f32>(real(kept) * four(v + d)); }
  }
  let at = rowStart(p, p.row) / 4u;
  for (var d = 0u; d < CHUNKS; d++) { output4[at + d] = vec4<realOutput>(sum[d] / total); }
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
    for (var d = 0u; d < HEAD_WIDTH; d++) { score += f32(scaled(q + d) * element(k + d)); }
    if (score > largest) {
      let shrink = exp(largest - score);
      for (var d = 0u; d < HEAD_WIDTH; d++) { sum[d] *= shrink; }
      total *= shrink;
      largest = score;
    }
    let weight = exp(score - largest);
    total += weight;
    let kept = weight * mask(forwardCounters, p, p.row, j);
    for (var d = 0u; d < HEAD_WIDTH; d++) { sum[d] += f32(real(kept) * element(v + d)); }
  }
  let at = rowStart(p, p.row);
  for (var d = 0u; d < HEAD_WIDTH; d++) { output[at + d] = realOutput(sum[d] / total); }
  logSumExp[p.flat] = largest + log(total);
}

@compute @workgroup_size(64)
fn backward_query_vector(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let p = place(id, groups);
  if (!p.valid) { return; }
  var q: array<vec4<real>, CHUNKS>;
  var gradient: array<vec4<real>, CHUNKS>;
  var sum: array<vec4<f32>, CHUNKS>;
  let start = partStart(p, p.row, 0u) / 4u;
  let at = rowStart(p, p.row) / 4u;
  var dots = vec4<f32>();
  for (var d = 0u; d < CHUNKS; d++) {
    q[d] = scaledFour(start + d);
    gradient[d] = vec4<real>(outputGradient4[at + d]);
    dots += vec4<f32>(gradient[d]) * vec4<f32>(result4[at + d]);
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
      scores += vec4<f32>(q[d] * four(k + d));
      slopes += vec4<f32>(gradient[d] * four(v + d));
    }
    let weight = exp(scores.x + scores.y + scores.z + scores.w - saved);
    let slope = (slopes.x + slopes.y + slopes.z + slopes.w) * mask(counters, p, p.row, j);
    let ds = weight * (slope - own);
    for (var d = 0u; d < CHUNKS; d++) { sum[d] += vec4<f32>(real(ds) * four(k + d)); }
  }
  for (var d = 0u; d < CHUNKS; d++) { qkvGradient4[start + d] = vec4<realQkvGradient>(sum[d] * SCALE); }
}

@compute @workgroup_size(64)
fn backward_query_general(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let p = place(id, groups);
  if (!p.valid) { return; }
  var sum: array<f32, HEAD_WIDTH>;
  let q = partStart(p, p.row, 0u);
  let at = rowStart(p, p.row);
  var own = 0.0;
  for (var d = 0u; d < HEAD_WIDTH; d++) { own += f32(outputGradient[at + d]) * f32(result[at + d]); }
  rowDot[p.flat] = own;
  let saved = savedLogSumExp[p.flat];
  let end = keyEnd(p.row);
  for (var j = 0u; j < end; j++) {
    let k = partStart(p, j, 1u);
    let v = partStart(p, j, 2u);
    var score = 0.0;
    var slope = 0.0;
    for (var d = 0u; d < HEAD_WIDTH; d++) {
      score += f32(scaled(q + d) * element(k + d));
      slope += f32(real(outputGradient[at + d]) * element(v + d));
    }
    let ds = exp(score - saved) * (slope * mask(counters, p, p.row, j) - own);
    for (var d = 0u; d < HEAD_WIDTH; d++) { sum[d] += f32(real(ds) * element(k + d)); }
  }
  for (var d = 0u; d < HEAD_WIDTH; d++) { qkvGradient[q + d] = realQkvGradient(sum[d] * SCALE); }
}

@compute @workgroup_size(64)
fn backward_key_value_vector(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let p = place(id, groups);
  if (!p.valid) { return; }
  var k: array<vec4<real>, CHUNKS>;
  var v: array<vec4<real>, CHUNKS>;
  var keySum: array<vec4<f32>, CHUNKS>;
  var valueSum: array<vec4<f32>, CHUNKS>;
  let keyStart = partStart(p, p.row, 1u) / 4u;
  let valueStart = partStart(p, p.row, 2u) / 4u;
  for (var d = 0u; d < CHUNKS; d++) {
    k[d] = scaledFour(keyStart + d);
    v[d] = four(valueStart + d);
  }
  for (var i = select(0u, p.row, CAUSAL != 0u); i < CONTEXT; i++) {
    let q = partStart(p, i, 0u) / 4u;
    let at = rowStart(p, i) / 4u;
    let flat = p.flat - p.row + i;
    var scores = vec4<f32>();
    var slopes = vec4<f32>();
    for (var d = 0u; d < CHUNKS; d++) {
      scores += vec4<f32>(k[d] * four(q + d));
      slopes += vec4<f32>(v[d] * vec4<real>(gradientOfOutput4[at + d]));
    }
    let weight = exp(scores.x + scores.y + scores.z + scores.w - rowLogSumExp[flat]);
    let scale = mask(keyCounters, p, i, p.row);
    let kept = weight * scale;
    let ds = weight * ((slopes.x + slopes.y + slopes.z + slopes.w) * scale - savedRowDot[flat]);
    for (var d = 0u; d < CHUNKS; d++) {
      valueSum[d] += vec4<f32>(real(kept) * vec4<real>(gradientOfOutput4[at + d]));
      keySum[d] += vec4<f32>(real(ds) * four(q + d));
    }
  }
  for (var d = 0u; d < CHUNKS; d++) {
    gradientOfQkv4[keyStart + d] = vec4<realQkvGradient>(keySum[d] * SCALE);
    gradientOfQkv4[valueStart + d] = vec4<realQkvGradient>(valueSum[d]);
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
      score += f32(scaled(k + d) * element(q + d));
      slope += f32(element(v + d) * real(gradientOfOutput[at + d]));
    }
    let weight = exp(score - rowLogSumExp[flat]);
    let scale = mask(keyCounters, p, i, p.row);
    let ds = weight * (slope * scale - savedRowDot[flat]);
    for (var d = 0u; d < HEAD_WIDTH; d++) {
      valueSum[d] += f32(real(weight * scale) * real(gradientOfOutput[at + d]));
      keySum[d] += f32(real(ds) * element(q + d));
    }
  }
  for (var d = 0u; d < HEAD_WIDTH; d++) {
    gradientOfQkv[k + d] = realQkvGradient(keySum[d] * SCALE);
    gradientOfQkv[v + d] = realQkvGradient(valueSum[d]);
  }
}
