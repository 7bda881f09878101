// Rotary positions (Su et al. 2021): each pair (d, d + D/2) of a query or key of width D is turned by its position's angle,
// so that scores depend on distances alone. Values pass unchanged, and so does the last number where D is odd.
//   y_d = x_d·cos − x_(d+D/2)·sin;  y_(d+D/2) = x_(d+D/2)·cos + x_d·sin
// Backward turns the other way (INVERSE). The table holds cos and sin, since GPUs compute them to 2^-11 only.
// x, y [BATCH, CONTEXT, 3·HEADS·HEAD_WIDTH]: Q, K, V side by side; table [≥ CONTEXT, PAIRS, 2], PAIRS = D/2 rounded down.

const BATCH: u32 = 1u;
const CONTEXT: u32 = 1u;
const HEADS: u32 = 1u;
const HEAD_WIDTH: u32 = 2u;
const INVERSE: u32 = 0u;

const WIDTH = HEADS * HEAD_WIDTH;
const PAIRS = HEAD_WIDTH / 2u;

alias realX = f32;
alias realY = f32;

@group(0) @binding(0) var<storage, read> x: array<realX>;
@group(0) @binding(1) var<storage, read> table: array<f32>;
@group(0) @binding(2) var<storage, read_write> y: array<realY>;

@compute @workgroup_size(64)
fn rotate(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let i = id.x + id.y * groups.x * 64u;
  if (i >= BATCH * CONTEXT * 3u * WIDTH) { return; }
  let column = i % (3u * WIDTH);
  let d = column % HEAD_WIDTH;
  if (column >= 2u * WIDTH || d >= 2u * PAIRS) {
    y[i] = realY(x[i]);
    return;
  }
  let first = d < PAIRS;
  let at = 2u * ((i / (3u * WIDTH)) % CONTEXT * PAIRS + d % max(PAIRS, 1u));
  let partner = select(i - PAIRS, i + PAIRS, first);
  let sine = select(table[at + 1u], -table[at + 1u], first != (INVERSE != 0u));
  y[i] = realY(f32(x[i]) * table[at] + f32(x[partner]) * sine);
}
