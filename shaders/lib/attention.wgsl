// What every attention kernel shares: formulas, bindings, and where things lie.
// Multi-head attention without a T×T matrix, after FlashAttention-2 (Dao 2023): the forward pass keeps only the
// log-sum-exp of each row of scores, and the backward pass computes the probabilities again from it.
//   s_ij = q_i·k_j/√D;  P_ij = exp(s_ij − logSumExp_i);  o_i = Σ_j P_ij·m_ij·v_j,  m = dropout mask, j ≤ i if CAUSAL
//   r_i = do_i·o_i (rowDot);  ds_ij = P_ij·(m_ij·do_i·v_j − r_i)
//   dq_i = Σ_j ds_ij·k_j/√D;  dk_j = Σ_i ds_ij·q_i/√D;  dv_j = Σ_i P_ij·m_ij·do_i
// qkv and its gradient [B, T, 3C]: Q, K, V side by side, heads contiguous in each; output [B, T, C]; logSumExp and
// rowDot [B, H, T]. With LIMITED, the forward pass sees the first counters.w keys only, where that is not 0: what follows
// is padding. In half precision products of neighbouring d, and of weights with values, are f16; all sums, and what is
// between the two products, are f32 always.

const BATCH: u32 = 1u;
const CONTEXT: u32 = 1u;
const HEADS: u32 = 1u;
const HEAD_WIDTH: u32 = 4u;
const CAUSAL: u32 = 1u;
const LIMITED: u32 = 0u;
const DROPOUT: f32 = 0.0;
const DROPOUT_STREAM: u32 = 0u;

const WIDTH = HEADS * HEAD_WIDTH;
// Vec4s of a row of a head: HEAD_WIDTH / 4, rounded up.
const CHUNKS: u32 = 1u;
const SCALE = inverseSqrt(f32(HEAD_WIDTH));

alias realQkv = f32;
alias realOutput = f32;
alias realOutputGradient = f32;
alias realQkvGradient = f32;

@group(0) @binding(0) var<storage, read> qkv: array<realQkv>;
@group(0) @binding(0) var<storage, read> qkv4: array<vec4<realQkv>>;
// Of the forward pass.
@group(0) @binding(1) var<storage, read_write> output: array<realOutput>;
@group(0) @binding(1) var<storage, read_write> output4: array<vec4<realOutput>>;
@group(0) @binding(2) var<storage, read_write> logSumExp: array<f32>;
@group(0) @binding(3) var<uniform> forwardCounters: vec4<u32>;

// Of the backward pass for queries.
@group(0) @binding(1) var<storage, read> result: array<realOutput>;
@group(0) @binding(1) var<storage, read> result4: array<vec4<realOutput>>;
@group(0) @binding(2) var<storage, read> outputGradient: array<realOutputGradient>;
@group(0) @binding(2) var<storage, read> outputGradient4: array<vec4<realOutputGradient>>;
@group(0) @binding(3) var<storage, read> savedLogSumExp: array<f32>;
@group(0) @binding(4) var<storage, read_write> rowDot: array<f32>;
@group(0) @binding(5) var<storage, read_write> qkvGradient: array<realQkvGradient>;
@group(0) @binding(5) var<storage, read_write> qkvGradient4: array<vec4<realQkvGradient>>;
@group(0) @binding(6) var<uniform> counters: vec4<u32>;

// Of the backward pass for keys and values.
@group(0) @binding(1) var<storage, read> gradientOfOutput: array<realOutputGradient>;
@group(0) @binding(1) var<storage, read> gradientOfOutput4: array<vec4<realOutputGradient>>;
@group(0) @binding(2) var<storage, read> rowLogSumExp: array<f32>;
@group(0) @binding(3) var<storage, read> savedRowDot: array<f32>;
@group(0) @binding(4) var<storage, read_write> gradientOfQkv: array<realQkvGradient>;
@group(0) @binding(4) var<storage, read_write> gradientOfQkv4: array<vec4<realQkvGradient>>;
@group(0) @binding(5) var<uniform> keyCounters: vec4<u32>;

// Elements of qkv as the products take them.
fn element(i: u32) -> real {
  return real(qkv[i]);
}

fn scaled(i: u32) -> real {
  return real(f32(qkv[i]) * SCALE);
}

fn four(i: u32) -> vec4<real> {
  return vec4<real>(qkv4[i]);
}

fn scaledFour(i: u32) -> vec4<real> {
  return vec4<real>(vec4<f32>(qkv4[i]) * SCALE);
}

// Which row of which head a thread has.
struct Place {
  valid: bool,
  batch: u32,
  head: u32,
  row: u32,
  // Index into [B, H, T].
  flat: u32,
}

fn place(id: vec3<u32>, groups: vec3<u32>) -> Place {
  let flat = id.x + id.y * groups.x * 64u;
  let head = flat / CONTEXT;
  return Place(flat < BATCH * HEADS * CONTEXT, head / HEADS, head % HEADS, flat % CONTEXT, flat);
}

// Element index of part 0 (Q), 1 (K) or 2 (V) of a row of qkv.
fn partStart(p: Place, row: u32, part: u32) -> u32 {
  return (p.batch * CONTEXT + row) * 3u * WIDTH + part * WIDTH + p.head * HEAD_WIDTH;
}

// Element index of a row of this head in an array [B, T, C].
fn rowStart(p: Place, row: u32) -> u32 {
  return (p.batch * CONTEXT + row) * WIDTH + p.head * HEAD_WIDTH;
}

fn mask(counters: vec4<u32>, p: Place, query: u32, key: u32) -> f32 {
  if (DROPOUT == 0.0) { return 1.0; }
  let index = ((p.batch * HEADS + p.head) * CONTEXT + query) * CONTEXT + key;
  return dropoutScale(counters.y, counters.x, DROPOUT_STREAM, index, DROPOUT);
}

fn keyEnd(query: u32) -> u32 {
  return select(CONTEXT, query + 1u, CAUSAL != 0u);
}

fn seenEnd(query: u32) -> u32 {
  let length = forwardCounters.w;
  return min(keyEnd(query), select(CONTEXT, length, LIMITED != 0u && length != 0u));
}
