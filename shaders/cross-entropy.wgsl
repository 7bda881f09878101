// Softmax cross-entropy with a weight per row, fused with its gradient:
//   loss_r = weight_r·(log Σ_v exp z_rv − z_r,target);  with WRITE_GRADIENT logits become weight_r·(softmax(z_r) − onehot),
//   times the loss scale with SCALED
// A row with a negative target does not count. Columns from VOCABULARY to STRIDE are padding and get gradient 0.
// logits [ROWS, STRIDE]; targets, weights [ROWS]; losses [ROWS, 2]: weighted loss, weight if the largest logit was right;
// scaling (loss scale, …).

const ROWS: u32 = 1u;
const VOCABULARY: u32 = 2u;
const STRIDE: u32 = 2u;
const WRITE_GRADIENT: u32 = 1u;
const SCALED: u32 = 0u;

@group(0) @binding(0) var<storage, read_write> logits: array<f32>;
@group(0) @binding(1) var<storage, read> targets: array<i32>;
@group(0) @binding(2) var<storage, read> weights: array<f32>;
@group(0) @binding(3) var<storage, read_write> losses: array<f32>;
@group(0) @binding(4) var<storage, read> scaling: array<f32>;

@compute @workgroup_size(64)
fn forward(
  @builtin(local_invocation_index) thread: u32,
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(num_workgroups) groups: vec3<u32>,
) {
  let row = (group.x + group.y * groups.x) * (64u / LANES) + thread / LANES;
  let safe = min(row, ROWS - 1u);
  let first = safe * STRIDE;
  let lane = thread % LANES;
  let wanted = targets[safe];
  let goal = u32(max(wanted, 0));
  let weight = select(0.0, weights[safe], wanted >= 0);
  var largest = -1e30;
  for (var v = lane; v < VOCABULARY; v += LANES) { largest = max(largest, logits[first + v]); }
  largest = laneMax(thread, largest);
  var total = 0.0;
  // The lowest column that holds the maximum, as a float: exact up to 2^24.
  var best = 16777216.0;
  for (var v = lane; v < VOCABULARY; v += LANES) {
    let z = logits[first + v];
    total += exp(z - largest);
    if (z == largest) { best = min(best, f32(v)); }
  }
  total = laneSum(thread, total);
  best = -laneMax(thread, -best);
  let goalLogit = logits[first + goal];
  // Every lane has read what it needs before any lane writes.
  if (LANES > 1u) { workgroupBarrier(); }
  if (row >= ROWS) { return; }
  if (lane == 0u) {
    losses[2u * row] = weight * (largest + log(total) - goalLogit);
    losses[2u * row + 1u] = select(0.0, weight, u32(best) == goal);
  }
  if (WRITE_GRADIENT == 0u) { return; }
  let scale = select(1.0, scaling[0], SCALED != 0u);
  for (var v = lane; v < STRIDE; v += LANES) {
    let probability = select(0.0, exp(logits[first + v] - largest) / total, v < VOCABULARY);
    logits[first + v] = weight * scale * (probability - select(0.0, 1.0, v == goal));
  }
}
