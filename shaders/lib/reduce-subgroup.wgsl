enable subgroups;
// Sums and maxima over the LANES threads that share a row, as in lib/reduce.wgsl, where they are a whole workgroup and not
// more than a subgroup holds. Call from uniform control flow only.

const LANES: u32 = 8u;
const THREADS: u32 = 8u;

fn laneSum(thread: u32, value: f32) -> f32 {
  return subgroupAdd(value);
}

fn laneMax(thread: u32, value: f32) -> f32 {
  return subgroupMax(value);
}
