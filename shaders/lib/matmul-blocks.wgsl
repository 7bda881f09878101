// Blocks of matmul's operands as vec4s, for COLUMNS % 4 = 0. Indices past the edge are clamped, so that every load is in
// bounds; storing drops what they lead to.

// Four elements of op(A)'s row from k on (NN, NT; INNER % 4 = 0).
fn vectorA(row: u32, k: u32) -> vec4<real> {
  return vec4<real>(a4[(min(row, ROWS - 1u) * INNER + k) >> 2u]);
}

// Four elements of op(A)'s column k from `row` on (TN; ROWS % 4 = 0).
fn vectorATransposed(k: u32, row: u32) -> vec4<real> {
  return vec4<real>(a4[(k * ROWS + min(row, ROWS - 4u)) >> 2u]);
}

// Four elements of op(B)'s row k from `column` on (NN, TN).
fn vectorB(k: u32, column: u32) -> vec4<real> {
  return vec4<real>(b4[(k * COLUMNS + min(column, COLUMNS - 4u)) >> 2u]);
}

fn fourOfB(at: u32) -> vec4<real> {
  return vec4<real>(b4[at]);
}

// Rows k to k+3 of op(B), four columns of each.
fn blockOfB(k: u32, column: u32) -> mat4x4<real> {
  let c = min(column, COLUMNS - 4u);
  if (TRANSPOSE_B != 0u) {
    let at = (c * INNER + k) >> 2u;
    let next = INNER >> 2u;
    return transpose(mat4x4<real>(fourOfB(at), fourOfB(at + next), fourOfB(at + 2u * next), fourOfB(at + 3u * next)));
  }
  let at = (k * COLUMNS + c) >> 2u;
  let next = COLUMNS >> 2u;
  return mat4x4<real>(fourOfB(at), fourOfB(at + next), fourOfB(at + 2u * next), fourOfB(at + 3u * next));
}
