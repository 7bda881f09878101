// What an adapter can do at best: arithmetic, memory, workgroup memory, and the cost of a dispatch that does nothing.
// x and y: LENGTH elements of four floats; ROUNDS: how often each is worked on.

const LENGTH: u32 = 4096u;
const ROUNDS: u32 = 64u;

@group(0) @binding(0) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read_write> y: array<vec4<f32>>;

// Eight chains of dependent multiply-adds: 8 · 4 · 2 · ROUNDS operations a thread.
@compute @workgroup_size(64)
fn multiply_add(@builtin(global_invocation_id) id: vec3<u32>) {
  if (id.x >= LENGTH) { return; }
  let a = x[id.x];
  var c0 = a; var c1 = a + 1.0; var c2 = a + 2.0; var c3 = a + 3.0;
  var c4 = a + 4.0; var c5 = a + 5.0; var c6 = a + 6.0; var c7 = a + 7.0;
  // Between a quarter and three quarters, so that nothing overflows or becomes denormal.
  let h = a * 0.25 + 0.5;
  for (var i = 0u; i < ROUNDS; i++) {
    c0 = c0 * h + a; c1 = c1 * h + a; c2 = c2 * h + a; c3 = c3 * h + a;
    c4 = c4 * h + a; c5 = c5 * h + a; c6 = c6 * h + a; c7 = c7 * h + a;
  }
  y[id.x] = c0 + c1 + c2 + c3 + c4 + c5 + c6 + c7;
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
