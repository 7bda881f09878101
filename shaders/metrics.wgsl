// Sums the losses of a micro-batch into the metrics ring: metrics[slot] = (loss, accuracy, gradient norm, spare).
// losses [ROWS, 2]; metrics [SLOTS, 4]; the slot is counters.z. One workgroup, all
// THREADS of which sum up as LANES of one row.

const ROWS: u32 = 1u;
const ACCUMULATE: u32 = 0u;

@group(0) @binding(0) var<storage, read> losses: array<f32>;
@group(0) @binding(1) var<storage, read_write> metrics: array<f32>;
@group(0) @binding(2) var<uniform> counters: vec4<u32>;

@compute @workgroup_size(THREADS)
fn loss(@builtin(local_invocation_index) thread: u32) {
  var sums = vec2<f32>();
  for (var row = thread; row < ROWS; row += THREADS) {
    sums += vec2<f32>(losses[2u * row], losses[2u * row + 1u]);
  }
  let loss = laneSum(thread, sums.x);
  let accuracy = laneSum(thread, sums.y);
  if (thread > 0u) { return; }
  let at = counters.z * 4u;
  metrics[at] = select(loss, metrics[at] + loss, ACCUMULATE != 0u);
  metrics[at + 1u] = select(accuracy, metrics[at + 1u] + accuracy, ACCUMULATE != 0u);
}
