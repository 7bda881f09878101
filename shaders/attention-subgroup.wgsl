enable subgroups;
// Multi-head attention by broadcasts within a subgroup; formulas and bindings in lib/attention.wgsl.
// A workgroup takes THREADS · ROWS_EACH neighbouring rows of one head, each thread every THREADS-th of them. The other side
// (keys for a query, queries for a key) passes by in blocks of eight: each thread loads one of them, and broadcasts serve all
// rows. With NARROW, for subgroups of 4, blocks have four. Needs D % 4 = 0. All threads of a workgroup share their head, so
// it doesn't matter how they form subgroups; what is past the last row is computed along, since broadcasts want uniform
// control flow, and not stored. Loops up to CHUNKS and ROWS_EACH are written out by the loader.
// Sums that start anew in a loop are initialised in so many words: left out, SwiftShader carried them on from turn to turn.

@compute @workgroup_size(THREADS)
fn forward_subgroup(
  @builtin(local_invocation_index) thread: u32,
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(subgroup_invocation_id) lane: u32,
) {
  let head = placeInHead(0u, group, groups);
  var p: array<Place, ROWS_EACH>;
  var q: array<array<vec4<real>, CHUNKS>, ROWS_EACH>;
  var sum: array<array<vec4<f32>, CHUNKS>, ROWS_EACH>;
  var largest: array<f32, ROWS_EACH>;
  var total: array<f32, ROWS_EACH>;
  for (var r = 0u; r < ROWS_EACH; r++) {
    p[r] = placeInHead(thread + r * THREADS, group, groups);
    largest[r] = -1e30;
    let start = partStart(p[r], p[r].row, 0u) / 4u;
    for (var d = 0u; d < CHUNKS; d++) { q[r][d] = scaledFour(start + d); }
  }
  let end = groupKeyEnd(group, groups);
  for (var j = 0u; j < end; j += BLOCK) {
    let member = min(j + lane % BLOCK, CONTEXT - 1u);
    let k = partStart(head, member, 1u) / 4u;
    let v = partStart(head, member, 2u) / 4u;
    // Scores, and then their exponentials.
    var weight: array<Eight, ROWS_EACH>;
    var shrink: array<f32, ROWS_EACH>;
    for (var r = 0u; r < ROWS_EACH; r++) { weight[r] = Eight(); }
    for (var d = 0u; d < CHUNKS; d++) {
      let keys = membersOf(four(k + d));
      for (var r = 0u; r < ROWS_EACH; r++) { weight[r] = plus(weight[r], dots(q[r][d], keys)); }
    }
    for (var r = 0u; r < ROWS_EACH; r++) {
      let seen = seenEnd(p[r].row);
      let low = select(vec4<f32>(-1e30), weight[r].low, seen4(seen, j));
      let high = select(vec4<f32>(-1e30), weight[r].high, seen4(seen, j + 4u));
      var blockLargest = max(largest[r], largestOf(low));
      if (NARROW == 0u) { blockLargest = max(blockLargest, largestOf(high)); }
      shrink[r] = exp(largest[r] - blockLargest);
      largest[r] = blockLargest;
      weight[r].low = exp(low - blockLargest);
      total[r] = total[r] * shrink[r] + sumOf(weight[r].low);
      if (NARROW == 0u) {
        weight[r].high = exp(high - blockLargest);
        total[r] += sumOf(weight[r].high);
      }
      if (DROPOUT > 0.0) {
        weight[r].low *= keyMask4(forwardCounters, p[r], p[r].row, j);
        if (NARROW == 0u) { weight[r].high *= keyMask4(forwardCounters, p[r], p[r].row, j + 4u); }
      }
    }
    for (var d = 0u; d < CHUNKS; d++) {
      let values = membersOf(four(v + d));
      for (var r = 0u; r < ROWS_EACH; r++) { sum[r][d] = sum[r][d] * shrink[r] + weighted(weight[r], values); }
    }
  }
  for (var r = 0u; r < ROWS_EACH; r++) {
    if (p[r].valid) {
      let at = rowStart(p[r], p[r].row) / 4u;
      for (var d = 0u; d < CHUNKS; d++) { output4[at + d] = vec4<realOutput>(sum[r][d] / total[r]); }
      logSumExp[p[r].flat] = largest[r] + log(total[r]);
    }
  }
}

// ds = P·(slope·mask − r) where the query sees the key, else 0.
fn scoreSlope(weight: vec4<f32>, slope: vec4<f32>, scale: vec4<f32>, dot: vec4<f32>) -> vec4<f32> {
  return weight * (slope * scale - dot);
}

@compute @workgroup_size(THREADS)
fn backward_query_subgroup(
  @builtin(local_invocation_index) thread: u32,
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(subgroup_invocation_id) lane: u32,
) {
  let head = placeInHead(0u, group, groups);
  var p: array<Place, ROWS_EACH>;
  var q: array<array<vec4<real>, CHUNKS>, ROWS_EACH>;
  var gradient: array<array<vec4<real>, CHUNKS>, ROWS_EACH>;
  var sum: array<array<vec4<f32>, CHUNKS>, ROWS_EACH>;
  var own: array<f32, ROWS_EACH>;
  var saved: array<f32, ROWS_EACH>;
  for (var r = 0u; r < ROWS_EACH; r++) {
    p[r] = placeInHead(thread + r * THREADS, group, groups);
    let start = partStart(p[r], p[r].row, 0u) / 4u;
    let at = rowStart(p[r], p[r].row) / 4u;
    var products = vec4<f32>();
    for (var d = 0u; d < CHUNKS; d++) {
      q[r][d] = scaledFour(start + d);
      gradient[r][d] = vec4<real>(outputGradient4[at + d]);
      products += vec4<f32>(gradient[r][d]) * vec4<f32>(result4[at + d]);
    }
    own[r] = sumOf(products);
    saved[r] = savedLogSumExp[p[r].flat];
  }
  let end = groupKeyEnd(group, groups);
  for (var j = 0u; j < end; j += BLOCK) {
    let member = min(j + lane % BLOCK, CONTEXT - 1u);
    let k = partStart(head, member, 1u) / 4u;
    let v = partStart(head, member, 2u) / 4u;
    var scores: array<Eight, ROWS_EACH>;
    // Of the loss: by the probabilities, and then by the scores.
    var slopes: array<Eight, ROWS_EACH>;
    for (var r = 0u; r < ROWS_EACH; r++) {
      scores[r] = Eight();
      slopes[r] = Eight();
    }
    for (var d = 0u; d < CHUNKS; d++) {
      let keys = membersOf(four(k + d));
      let values = membersOf(four(v + d));
      for (var r = 0u; r < ROWS_EACH; r++) {
        scores[r] = plus(scores[r], dots(q[r][d], keys));
        slopes[r] = plus(slopes[r], dots(gradient[r][d], values));
      }
    }
    for (var r = 0u; r < ROWS_EACH; r++) {
      let seen = keyEnd(p[r].row);
      let dot = vec4<f32>(own[r]);
      let weight = select(vec4<f32>(), exp(scores[r].low - saved[r]), seen4(seen, j));
      slopes[r].low = scoreSlope(weight, slopes[r].low, keyMask4(counters, p[r], p[r].row, j), dot);
      if (NARROW == 0u) {
        let next = select(vec4<f32>(), exp(scores[r].high - saved[r]), seen4(seen, j + 4u));
        slopes[r].high = scoreSlope(next, slopes[r].high, keyMask4(counters, p[r], p[r].row, j + 4u), dot);
      }
    }
    for (var d = 0u; d < CHUNKS; d++) {
      let keys = membersOf(four(k + d));
      for (var r = 0u; r < ROWS_EACH; r++) { sum[r][d] += weighted(slopes[r], keys); }
    }
  }
  for (var r = 0u; r < ROWS_EACH; r++) {
    if (p[r].valid) {
      rowDot[p[r].flat] = own[r];
      let start = partStart(p[r], p[r].row, 0u) / 4u;
      for (var d = 0u; d < CHUNKS; d++) { qkvGradient4[start + d] = vec4<realQkvGradient>(sum[r][d] * SCALE); }
    }
  }
}

@compute @workgroup_size(THREADS)
fn backward_key_value_subgroup(
  @builtin(local_invocation_index) thread: u32,
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(subgroup_invocation_id) lane: u32,
) {
  let head = placeInHead(0u, group, groups);
  var p: array<Place, ROWS_EACH>;
  var k: array<array<vec4<real>, CHUNKS>, ROWS_EACH>;
  var v: array<array<vec4<real>, CHUNKS>, ROWS_EACH>;
  var keySum: array<array<vec4<f32>, CHUNKS>, ROWS_EACH>;
  var valueSum: array<array<vec4<f32>, CHUNKS>, ROWS_EACH>;
  for (var r = 0u; r < ROWS_EACH; r++) {
    p[r] = placeInHead(thread + r * THREADS, group, groups);
    let keyStart = partStart(p[r], p[r].row, 1u) / 4u;
    let valueStart = partStart(p[r], p[r].row, 2u) / 4u;
    for (var d = 0u; d < CHUNKS; d++) {
      k[r][d] = scaledFour(keyStart + d);
      v[r][d] = four(valueStart + d);
    }
  }
  // The first row of this workgroup: no earlier query sees any of its keys. A multiple of the block.
  let first = select(0u, ((group.x + group.y * groups.x) % GROUPS_PER_HEAD) * GROUP_ROWS, CAUSAL != 0u);
  for (var i = first; i < CONTEXT; i += BLOCK) {
    let member = min(i + lane % BLOCK, CONTEXT - 1u);
    let q = partStart(head, member, 0u) / 4u;
    let at = rowStart(head, member) / 4u;
    let flat = head.flat - head.row + member;
    let saved = spread(rowLogSumExp[flat]);
    let own = spread(savedRowDot[flat]);
    // Scores, and then the probabilities after dropout.
    var kept: array<Eight, ROWS_EACH>;
    // Of the loss: by the probabilities, and then by the scores.
    var slopes: array<Eight, ROWS_EACH>;
    for (var r = 0u; r < ROWS_EACH; r++) {
      kept[r] = Eight();
      slopes[r] = Eight();
    }
    for (var d = 0u; d < CHUNKS; d++) {
      let queries = membersOf(four(q + d));
      let gradients = membersOf(vec4<real>(gradientOfOutput4[at + d]));
      for (var r = 0u; r < ROWS_EACH; r++) {
        kept[r] = plus(kept[r], dots(k[r][d], queries));
        slopes[r] = plus(slopes[r], dots(v[r][d], gradients));
      }
    }
    for (var r = 0u; r < ROWS_EACH; r++) {
      let weight = select(vec4<f32>(), exp(kept[r].low - saved.low), seeing4(p[r].row, i));
      let scale = queryMask4(keyCounters, p[r], i, p[r].row);
      kept[r].low = weight * scale;
      slopes[r].low = scoreSlope(weight, slopes[r].low, scale, own.low);
      if (NARROW == 0u) {
        let next = select(vec4<f32>(), exp(kept[r].high - saved.high), seeing4(p[r].row, i + 4u));
        let nextScale = queryMask4(keyCounters, p[r], i + 4u, p[r].row);
        kept[r].high = next * nextScale;
        slopes[r].high = scoreSlope(next, slopes[r].high, nextScale, own.high);
      }
    }
    for (var d = 0u; d < CHUNKS; d++) {
      let queries = membersOf(four(q + d));
      let gradients = membersOf(vec4<real>(gradientOfOutput4[at + d]));
      for (var r = 0u; r < ROWS_EACH; r++) {
        valueSum[r][d] += weighted(kept[r], gradients);
        keySum[r][d] += weighted(slopes[r], queries);
      }
    }
  }
  for (var r = 0u; r < ROWS_EACH; r++) {
    if (p[r].valid) {
      let keyStart = partStart(p[r], p[r].row, 1u) / 4u;
      let valueStart = partStart(p[r], p[r].row, 2u) / 4u;
      for (var d = 0u; d < CHUNKS; d++) {
        gradientOfQkv4[keyStart + d] = vec4<realQkvGradient>(keySum[r][d] * SCALE);
        gradientOfQkv4[valueStart + d] = vec4<realQkvGradient>(valueSum[r][d]);
      }
    }
  }
}
