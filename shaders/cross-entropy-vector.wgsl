// Cross-entropy by vec4s; formulas, bindings and sizes in cross-entropy.wgsl. Each of the LANES threads of a row keeps its share
// of it in registers, so that it is read once. STRIDE % 4 = 0. Loops up to SHARE are written out by the loader.

@group(0) @binding(0) var<storage, read_write> logits4: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> losses2: array<vec2<f32>>;

const VECTORS = STRIDE / 4u;
// Vec4s of a row that a thread keeps: VECTORS / LANES, rounded up.
const SHARE: u32 = 1u;
// Rows that a thread takes one after the other.
const ROWS_EACH: u32 = 1u;

const FAR_BELOW = -1e30;
// Columns as floats are exact up to 2^24.
const NO_COLUMN = 16777216.0;

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
  // Used by the thread alone that has it in its share: others may read it too late.
  let goalLogit = logits4[first + goal / 4u][goal % 4u];
  // Logits, and then their exponentials; padding counts as if it were far below.
  var kept: array<vec4<f32>, SHARE>;
  // By component, the largest so far, and in which of the thread's vec4s it was first.
  var largest4 = vec4<f32>(FAR_BELOW);
  var at4 = vec4<f32>();
  for (var i = 0u; i < SHARE; i++) {
    let c = lane + i * LANES;
    kept[i] = logits4[first + min(c, VECTORS - 1u)];
    if (VOCABULARY < STRIDE || VECTORS % LANES != 0u) {
      kept[i] = select(vec4<f32>(FAR_BELOW), kept[i], columnsOf(c) < vec4<u32>(VOCABULARY));
    }
    let isGreater = kept[i] > largest4;
    largest4 = select(largest4, kept[i], isGreater);
    at4 = select(at4, vec4<f32>(f32(i)), isGreater);
  }
  let largest = laneMax(thread, largestOf(largest4));
  // The lowest column that holds it, by the largest of negated ones.
  let columns = 4.0 * (f32(LANES) * at4 + f32(lane)) + vec4<f32>(0.0, 1.0, 2.0, 3.0);
  let best = -laneMax(thread, largestOf(-select(vec4<f32>(NO_COLUMN), columns, largest4 == vec4<f32>(largest))));
  var total4 = vec4<f32>();
  for (var i = 0u; i < SHARE; i++) {
    kept[i] = exp(kept[i] - largest);
    total4 += kept[i];
  }
  let total = laneSum(thread, sumOf(total4));
  if (row >= ROWS) { return; }
  if (goal / 4u % LANES == lane) {
    losses2[row] = weight * vec2<f32>(largest + log(total) - goalLogit, select(0.0, 1.0, u32(best) == goal));
  }
  if (WRITE_GRADIENT == 0u) { return; }
  let scale = weight * select(1.0, scaling[0], SCALED != 0u);
  let each = scale / total;
  for (var i = 0u; i < SHARE; i++) {
    let c = lane + i * LANES;
    if (VECTORS % LANES == 0u || c < VECTORS) {
      logits4[first + c] = kept[i] * each - select(vec4<f32>(), vec4<f32>(scale), columnsOf(c) == vec4<u32>(goal));
    }
  }
}
