// Sums and maxima over the LANES neighbouring threads that share a row; workgroups have THREADS threads.
// Fixed trees, so that results do not depend on timing. Call from uniform control flow only.

const LANES: u32 = 8u;
const THREADS: u32 = 64u;

var<workgroup> lanes: array<f32, THREADS>;

fn laneSum(thread: u32, value: f32) -> f32 {
  if (LANES == 1u) { return value; }
  lanes[thread] = value;
  workgroupBarrier();
  for (var half = LANES / 2u; half > 0u; half /= 2u) {
    if (thread % LANES < half) { lanes[thread] += lanes[thread + half]; }
    workgroupBarrier();
  }
  let total = lanes[thread - thread % LANES];
  // The next call writes what this one still reads.
  workgroupBarrier();
  return total;
}

fn laneMax(thread: u32, value: f32) -> f32 {
  if (LANES == 1u) { return value; }
  lanes[thread] = value;
  workgroupBarrier();
  for (var half = LANES / 2u; half > 0u; half /= 2u) {
    if (thread % LANES < half) { lanes[thread] = max(lanes[thread], lanes[thread + half]); }
    workgroupBarrier();
  }
  let largest = lanes[thread - thread % LANES];
  workgroupBarrier();
  return largest;
}
