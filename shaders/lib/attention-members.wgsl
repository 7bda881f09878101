enable subgroups;
// What the passes of attention-subgroup.wgsl share: which rows a thread has, and members of a block, which a subgroup's threads
// load one each and broadcast.

const THREADS: u32 = 32u;
const NARROW: u32 = 0u;
const ROWS_EACH: u32 = 1u;

const BLOCK = select(8u, 4u, NARROW != 0u);
const GROUP_ROWS = THREADS * ROWS_EACH;
const GROUPS_PER_HEAD = (CONTEXT + GROUP_ROWS - 1u) / GROUP_ROWS;

// `at`: which row of the workgroup.
fn placeInHead(at: u32, group: vec3<u32>, groups: vec3<u32>) -> Place {
  let number = group.x + group.y * groups.x;
  let head = number / GROUPS_PER_HEAD;
  let row = (number % GROUPS_PER_HEAD) * GROUP_ROWS + at;
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

// What the members of a block hold, a column each: members 0 to 3, and 4 to 7 (unused with NARROW).
struct Members {
  low: mat4x4<real>,
  high: mat4x4<real>,
}

fn membersOf(y: vec4<real>) -> Members {
  let low = mat4x4<real>(subgroupBroadcast(y, 0u), subgroupBroadcast(y, 1u), subgroupBroadcast(y, 2u), subgroupBroadcast(y, 3u));
  var m = Members(low, low);
  if (NARROW == 0u) {
    m.high = mat4x4<real>(subgroupBroadcast(y, 4u), subgroupBroadcast(y, 5u), subgroupBroadcast(y, 6u), subgroupBroadcast(y, 7u));
  }
  return m;
}

// own · y of each member.
fn dots(own: vec4<real>, y: Members) -> Eight {
  var e = Eight();
  e.low = vec4<f32>(own * y.low);
  if (NARROW == 0u) { e.high = vec4<f32>(own * y.high); }
  return e;
}

fn plus(a: Eight, b: Eight) -> Eight {
  var e = Eight();
  e.low = a.low + b.low;
  if (NARROW == 0u) { e.high = a.high + b.high; }
  return e;
}

// Σ over members of weight · y.
fn weighted(weight: Eight, y: Members) -> vec4<f32> {
  var v = vec4<f32>(y.low * vec4<real>(weight.low));
  if (NARROW == 0u) { v += vec4<f32>(y.high * vec4<real>(weight.high)); }
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
  let number = group.x + group.y * groups.x;
  return select(CONTEXT, min((number % GROUPS_PER_HEAD + 1u) * GROUP_ROWS, CONTEXT), CAUSAL != 0u);
}
