// What an adapter can do at best: arithmetic, memory, workgroup memory, and the cost of a dispatch that does nothing.
// x and y: LENGTH elements of four floats; ROUNDS: how often each is worked on.

const LENGTH: u32 = 4096u;
const ROUNDS: u32 = 64u;
// Multiply-adds of a chain in a round; the loader writes them out.
const TURNS: u32 = 16u;

@group(0) @binding(0) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read_write> y: array<vec4<f32>>;

// Three chains of dependent multiply-adds: as many as fit into the registers of a CPU with eight lanes.
fn chains(first: vec4<f32>, h: f32, b: f32) -> vec4<f32> {
  var c0 = first;
  var c1 = first + 1.0;
  var c2 = first + 2.0;
  for (var i = 0u; i < ROUNDS; i++) {
    for (var turn = 0u; turn < TURNS; turn++) {
      c0 = c0 * h + b;
      c1 = c1 * h + b;
      c2 = c2 * h + b;
    }
  }
  return c0 + c1 + c2;
}

// Nine chains, three at a time: 9 · 4 · 2 · TURNS · ROUNDS operations a thread.
@compute @workgroup_size(64)
fn multiply_add(@builtin(global_invocation_id) id: vec3<u32>) {
  if (id.x >= LENGTH) { return; }
  let a = x[id.x];
  // Between a quarter and three quarters, so that nothing overflows or becomes denormal.
  let h = a.x * 0.25 + 0.5;
  y[id.x] = chains(a, h, a.y) + chains(a + 3.0, h, a.y) + chains(a + 6.0, h, a.y);
}

@compute @workgroup_size(64)
fn copy(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let i = id.x + id.y * groups.x * 64u;
  if (i < LENGTH) { y[i] = x[i]; }
}

var<workgroup> shared4: array<vec4<f32>, 64>;

// ROUNDS writes and reads of 16 bytes a thread, the reads from its neighbours; LENGTH is a multiple of 64.
@compute @workgroup_size(64)
fn workgroup_memory(@builtin(global_invocation_id) id: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
  var v = x[id.x];
  for (var i = 0u; i < ROUNDS; i++) {
    shared4[thread] = v;
    workgroupBarrier();
    v = shared4[(thread + 1u) % 64u];
    workgroupBarrier();
  }
  y[id.x] = v;
}

@compute @workgroup_size(1)
fn empty() {
  if (LENGTH == 0u) { y[0] = x[0]; }
}
