enable subgroups;
// Multi-head attention by broadcasts within a subgroup; formulas and bindings in lib/attention.wgsl.
// A workgroup takes THREADS neighbouring rows of one head, one thread each. The other side (keys for a query, queries for a
// key) passes by in blocks of eight: each thread loads one of them, and broadcasts serve all. With NARROW, for subgroups
// of 4, blocks have four. Needs D % 4 = 0. All threads of a workgroup share their head, so it doesn't matter how they
// form subgroups; those past the last row compute along, since broadcasts want uniform control flow, and store nothing.
// Sums that start anew in a loop are initialised in so many words: left out, SwiftShader carried them on from turn to turn.

const THREADS: u32 = 32u;
const NARROW: u32 = 0u;

const BLOCK = select(8u, 4u, NARROW != 0u);

fn placeInHead(thread: u32, group: vec3<u32>, groups: vec3<u32>) -> Place {
  let perHead = (CONTEXT + THREADS - 1u) / THREADS;
  let number = group.x + group.y * groups.x;
  let head = number / perHead;
  let row = (number % perHead) * THREADS + thread;
  let safe = min(row, CONTEXT - 1u);
  return Place(head < BATCH * HEADS && row < CONTEXT, head / HEADS, head % HEADS, safe, head * CONTEXT + safe);
}

// One value for each member of a block: members 0 to 3, and 4 to 7 (unused with NARROW).
struct Eight {
  low: vec4<f32>,
  high: vec4<f32>,
}

// Scalars that the threads of a block hold, one each.
fn spread(x: f32) -> Eight {
  var e = Eight();
  e.low = vec4<f32>(subgroupBroadcast(x, 0u), subgroupBroadcast(x, 1u), subgroupBroadcast(x, 2u), subgroupBroadcast(x, 3u));
  if (NARROW == 0u) {
    e.high = vec4<f32>(subgroupBroadcast(x, 4u), subgroupBroadcast(x, 5u), subgroupBroadcast(x, 6u), subgroupBroadcast(x, 7u));
  }
  return e;
}

// y of members 0 to 3, a column each.
fn lowMembers(y: vec4<real>) -> mat4x4<real> {
  return mat4x4<real>(subgroupBroadcast(y, 0u), subgroupBroadcast(y, 1u), subgroupBroadcast(y, 2u), subgroupBroadcast(y, 3u));
}

// y of members 4 to 7.
fn highMembers(y: vec4<real>) -> mat4x4<real> {
  return mat4x4<real>(subgroupBroadcast(y, 4u), subgroupBroadcast(y, 5u), subgroupBroadcast(y, 6u), subgroupBroadcast(y, 7u));
}

// e += own · y of each member.
fn addDots(e: ptr<function, Eight>, own: vec4<real>, y: vec4<real>) {
  (*e).low += vec4<f32>(own * lowMembers(y));
  if (NARROW == 0u) {
    (*e).high += vec4<f32>(own * highMembers(y));
  }
}

// Σ over members of weight · y.
fn weighted(weight: Eight, y: vec4<real>) -> vec4<f32> {
  var v = vec4<f32>(lowMembers(y) * vec4<real>(weight.low));
  if (NARROW == 0u) {
    v += vec4<f32>(highMembers(y) * vec4<real>(weight.high));
  }
  return v;
}

// Which keys from j on come before the end of those that a query sees.
fn seen4(end: u32, j: u32) -> vec4<bool> {
  return vec4<u32>(j, j + 1u, j + 2u, j + 3u) < vec4<u32>(end);
}

// Which queries from i on see a key.
fn seeing4(key: u32, i: u32) -> vec4<bool> {
  let queries = vec4<u32>(i, i + 1u, i + 2u, i + 3u);
  return (queries < vec4<u32>(CONTEXT)) & (queries >= vec4<u32>(select(0u, key, CAUSAL != 0u)));
}

fn keyMask4(steps: vec4<u32>, p: Place, query: u32, j: u32) -> vec4<f32> {
  return vec4<f32>(mask(steps, p, query, j), mask(steps, p, query, j + 1u), mask(steps, p, query, j + 2u), mask(steps, p, query, j + 3u));
}

fn queryMask4(steps: vec4<u32>, p: Place, i: u32, key: u32) -> vec4<f32> {
  return vec4<f32>(mask(steps, p, i, key), mask(steps, p, i + 1u, key), mask(steps, p, i + 2u, key), mask(steps, p, i + 3u, key));
}

fn largestOf(v: vec4<f32>) -> f32 {
  return max(max(v.x, v.y), max(v.z, v.w));
}

fn sumOf(v: vec4<f32>) -> f32 {
  return v.x + v.y + v.z + v.w;
}

// End of the keys that some row of this workgroup sees.
fn groupKeyEnd(group: vec3<u32>, groups: vec3<u32>) -> u32 {
  let perHead = (CONTEXT + THREADS - 1u) / THREADS;
  let number = group.x + group.y * groups.x;
  return select(CONTEXT, min((number % perHead + 1u) * THREADS, CONTEXT), CAUSAL != 0u);
}

@compute @workgroup_size(THREADS)
fn forward_subgroup(
  @builtin(local_invocation_index) thread: u32,
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(subgroup_invocation_id) lane: u32,
) {
  let p = placeInHead(thread, group, groups);
  var q: array<vec4<real>, CHUNKS>;
  var sum: array<vec4<f32>, CHUNKS>;
  let start = partStart(p, p.row, 0u) / 4u;
  for (var d = 0u; d < CHUNKS; d++) { q[d] = scaledFour(start + d); }
  var largest = -1e30;
  var total = 0.0;
  let end = groupKeyEnd(group, groups);
  for (var j = 0u; j < end; j += BLOCK) {
    let member = min(j + lane % BLOCK, CONTEXT - 1u);
    let k = partStart(p, member, 1u) / 4u;
    let v = partStart(p, member, 2u) / 4u;
    var scores = Eight();
    for (var d = 0u; d < CHUNKS; d++) { addDots(&scores, q[d], four(k + d)); }
    scores.low = select(vec4<f32>(-1e30), scores.low, seen4(seenEnd(p.row), j));
    var blockLargest = max(largest, largestOf(scores.low));
    if (NARROW == 0u) {
      scores.high = select(vec4<f32>(-1e30), scores.high, seen4(seenEnd(p.row), j + 4u));
      blockLargest = max(blockLargest, largestOf(scores.high));
    }
    let shrink = exp(largest - blockLargest);
    largest = blockLargest;
    var weight = Eight();
    weight.low = exp(scores.low - largest);
    total = total * shrink + sumOf(weight.low);
    if (NARROW == 0u) {
      weight.high = exp(scores.high - largest);
      total += sumOf(weight.high);
    }
    if (DROPOUT > 0.0) {
      weight.low *= keyMask4(forwardCounters, p, p.row, j);
      weight.high *= keyMask4(forwardCounters, p, p.row, j + 4u);
    }
    for (var d = 0u; d < CHUNKS; d++) { sum[d] = sum[d] * shrink + weighted(weight, four(v + d)); }
  }
  if (!p.valid) { return; }
  let at = rowStart(p, p.row) / 4u;
  for (var d = 0u; d < CHUNKS; d++) { output4[at + d] = vec4<realOutput>(sum[d] / total); }
  logSumExp[p.flat] = largest + log(total);
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
  let p = placeInHead(thread, group, groups);
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
  let own = sumOf(dots);
  let saved = savedLogSumExp[p.flat];
  let end = groupKeyEnd(group, groups);
  for (var j = 0u; j < end; j += BLOCK) {
    let member = min(j + lane % BLOCK, CONTEXT - 1u);
    let k = partStart(p, member, 1u) / 4u;
    let v = partStart(p, member, 2u) / 4u;
    var scores = Eight();
    var slopes = Eight();
    for (var d = 0u; d < CHUNKS; d++) {
      addDots(&scores, q[d], four(k + d));
      addDots(&slopes, gradient[d], four(v + d));
    }
    var ds = Eight();
    let weight = select(vec4<f32>(), exp(scores.low - saved), seen4(keyEnd(p.row), j));
    ds.low = scoreSlope(weight, slopes.low, keyMask4(counters, p, p.row, j), vec4<f32>(own));
    if (NARROW == 0u) {
      let next = select(vec4<f32>(), exp(scores.high - saved), seen4(keyEnd(p.row), j + 4u));
      ds.high = scoreSlope(next, slopes.high, keyMask4(counters, p, p.row, j + 4u), vec4<f32>(own));
    }
    for (var d = 0u; d < CHUNKS; d++) { sum[d] += weighted(ds, four(k + d)); }
  }
  if (!p.valid) { return; }
  rowDot[p.flat] = own;
  for (var d = 0u; d < CHUNKS; d++) { qkvGradient4[start + d] = vec4<realQkvGradient>(sum[d] * SCALE); }
}

@compute @workgroup_size(THREADS)
fn backward_key_value_subgroup(
  @builtin(local_invocation_index) thread: u32,
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
  @builtin(subgroup_invocation_id) lane: u32,
) {
  let p = placeInHead(thread, group, groups);
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
  // The first row of this workgroup: no earlier query sees any of its keys. A multiple of the block.
  let perHead = (CONTEXT + THREADS - 1u) / THREADS;
  let first = select(0u, ((group.x + group.y * groups.x) % perHead) * THREADS, CAUSAL != 0u);
  for (var i = first; i < CONTEXT; i += BLOCK) {
    let member = min(i + lane % BLOCK, CONTEXT - 1u);
    let q = partStart(p, member, 0u) / 4u;
    let at = rowStart(p, member) / 4u;
    let flat = p.flat - p.row + member;
    let saved = spread(rowLogSumExp[flat]);
    let dots = spread(savedRowDot[flat]);
    var scores = Eight();
    var slopes = Eight();
    for (var d = 0u; d < CHUNKS; d++) {
      addDots(&scores, k[d], four(q + d));
      addDots(&slopes, v[d], vec4<real>(gradientOfOutput4[at + d]));
    }
    var kept = Eight();
    var ds = Eight();
    let weight = select(vec4<f32>(), exp(scores.low - saved.low), seeing4(p.row, i));
    let scale = queryMask4(keyCounters, p, i, p.row);
    kept.low = weight * scale;
    ds.low = scoreSlope(weight, slopes.low, scale, dots.low);
    if (NARROW == 0u) {
      let next = select(vec4<f32>(), exp(scores.high - saved.high), seeing4(p.row, i + 4u));
      let nextScale = queryMask4(keyCounters, p, i + 4u, p.row);
      kept.high = next * nextScale;
      ds.high = scoreSlope(next, slopes.high, nextScale, dots.high);
    }
    for (var d = 0u; d < CHUNKS; d++) {
      valueSum[d] += weighted(kept, vec4<real>(gradientOfOutput4[at + d]));
      keySum[d] += weighted(ds, four(q + d));
    }
  }
  if (!p.valid) { return; }
  for (var d = 0u; d < CHUNKS; d++) {
    gradientOfQkv4[keyStart + d] = vec4<realQkvGradient>(keySum[d] * SCALE);
    gradientOfQkv4[valueStart + d] = vec4<realQkvGradient>(valueSum[d]);
  }
}
