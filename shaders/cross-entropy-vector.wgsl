// Cross-entropy by vec4s; formulas, bindings and sizes in cross-entropy.wgsl. Each of the LANES threads of a row keeps its share
// of it in registers, so that it is read once. STRIDE % 4 = 0. Loops up to SHARE are written out by the loader.

@group(0) @binding(0) var<storage, read_write> logits4: array<vec4<f32>>;

const VECTORS = STRIDE / 4u;
// Vec4s of a row that a thread keeps: VECTORS / LANES, rounded up.
const SHARE: u32 = 1u;
// Rows that a thread takes one after the other.
const ROWS_EACH: u32 = 1u;

// The columns of the vec4 at `c`.
fn columnsOf(c: u32) -> vec4<u32> {
  return vec4<u32>(c * 4u) + vec4<u32>(0u, 1u, 2u, 3u);
}

fn largestOf(v: vec4<f32>) -> f32 {
  return max(max(v.x, v.y), max(v.z, v.w));
}

fn sumOf(v: vec4<f32>) -> f32 {
  return v.x + v.y + v.z + v.w;
}

@compute @workgroup_size(THREADS)
fn forward_vector(
  @builtin(local_invocation_index) thread: u32,
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  let own = ((group.x + group.y * groups.x) * (THREADS / LANES) + thread / LANES) * ROWS_EACH;
  for (var turn = 0u; turn < ROWS_EACH; turn++) { forwardRow(thread, own + turn); }
}

fn forwardRow(thread: u32, row: u32) {
  let safe = min(row, ROWS - 1u);
  let first = safe * VECTORS;
  let lane = thread % LANES;
  let wanted = targets[safe];
  let goal = u32(max(wanted, 0));
  let weight = select(0.0, weights[safe], wanted >= 0);
  // Logits, and then their exponentials; padding counts as if it were far below.
  var kept: array<vec4<f32>, SHARE>;
  var largest = -1e30;
  var goalLogit = 0.0;
  for (var i = 0u; i < SHARE; i++) {
    let c = lane + i * LANES;
    let z = logits4[first + min(c, VECTORS - 1u)];
    kept[i] = select(vec4<f32>(-1e30), z, columnsOf(c) < vec4<u32>(VOCABULARY));
    largest = max(largest, largestOf(kept[i]));
    goalLogit += sumOf(select(vec4<f32>(), z, columnsOf(c) == vec4<u32>(goal)));
  }
  largest = laneMax(thread, largest);
  goalLogit = laneSum(thread, goalLogit);
  var total = 0.0;
  // The highest negated column that holds the maximum, as a float: exact up to 2^24.
  var best = -16777216.0;
  for (var i = 0u; i < SHARE; i++) {
    let columns = vec4<f32>(columnsOf(lane + i * LANES));
    best = max(best, largestOf(select(vec4<f32>(-16777216.0), -columns, kept[i] == vec4<f32>(largest))));
    kept[i] = exp(kept[i] - largest);
    total += sumOf(kept[i]);
  }
  total = laneSum(thread, total);
  best = laneMax(thread, best);
  if (row >= ROWS) { return; }
  if (lane == 0u) {
    losses[2u * row] = weight * (largest + log(total) - goalLogit);
    losses[2u * row + 1u] = select(0.0, weight, u32(-best) == goal);
  }
  if (WRITE_GRADIENT == 0u) { return; }
  let scale = select(1.0, scaling[0], SCALED != 0u);
  for (var i = 0u; i < SHARE; i++) {
    let c = lane + i * LANES;
    if (VECTORS % LANES == 0u || c < VECTORS) {
      let hit = select(vec4<f32>(), vec4<f32>(1.0), columnsOf(c) == vec4<u32>(goal));
      logits4[first + c] = weight * scale * (kept[i] / total - hit);
    }
  }
}
