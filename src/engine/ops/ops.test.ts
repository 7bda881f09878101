/** Every op: GPU against float64 twins, forward and backward, and the twins against central differences. */
import { integers, normal } from '../../testing/numbers.ts';
import { opTest } from '../../testing/op-test.ts';
import { sortTokens } from '../kernels/token-order.ts';
import { add } from './add.ts';
import { attention } from './attention.ts';
import { addBias } from './bias.ts';
import { crossEntropy } from './cross-entropy.ts';
import { dropout } from './dropout.ts';
import { embedding } from './embedding.ts';
import { gatherRows } from './gather.ts';
import { gelu } from './gelu.ts';
import { layerNorm } from './layer-norm.ts';
import { matmul } from './matmul.ts';
import { rotary } from './rotary.ts';

opTest(
  'add',
  (tape, { a, b }) => add(tape, a, b),
  [{ shapes: { a: [3, 5], b: [3, 5] } }, { shapes: { a: [1], b: [1] } }],
  { halves: ['b'] },
);
opTest('add of a tensor to itself', (tape, { a }) => add(tape, a, a), [{ shapes: { a: [67] } }]);
opTest(
  'bias',
  (tape, { x, bias }) => addBias(tape, x, bias),
  [
    { shapes: { x: [3, 5], bias: [5] } },
    { shapes: { x: [2, 3, 70], bias: [70] } },
    { shapes: { x: [37, 13], bias: [13] } },
    { shapes: { x: [1, 1], bias: [1] } },
  ],
  { halves: ['x'] },
);
opTest('gelu tanh', (tape, { x }) => gelu(tape, x, 'tanh'), [{ shapes: { x: [7, 11] } }, { shapes: { x: [1] } }], {
  halves: ['x'],
});
opTest('gelu erf', (tape, { x }) => gelu(tape, x, 'erf'), [{ shapes: { x: [7, 11] } }], { halves: ['x'] });
opTest('dropout', (tape, { x }) => dropout(tape, x, 0.4), [{ shapes: { x: [9, 13] } }], { halves: ['x'] });
opTest(
  'matmul',
  (tape, { x, w }) => matmul(tape, x, w),
  [
    { shapes: { x: [3, 5], w: [5, 7] } },
    { shapes: { x: [2, 9, 8], w: [8, 12] } },
    { shapes: { x: [1, 1], w: [1, 1] } },
  ],
  { halves: ['x', 'w'] },
);
opTest(
  'matmul transposed',
  (tape, { x, w }) => matmul(tape, x, w, { transposeB: true }),
  [{ shapes: { x: [3, 5], w: [7, 5] } }, { shapes: { x: [2, 10, 8], w: [12, 8] } }],
  { halves: ['w'] },
);
opTest('layer norm', (tape, { x, parameters }) => layerNorm(tape, x, parameters), [
  { shapes: { x: [3, 5], parameters: [2, 5] } },
  { shapes: { x: [2, 9, 33], parameters: [2, 33] } },
  { shapes: { x: [1, 64], parameters: [2, 64] } },
]);

for (const causal of [true, false]) {
  for (const rate of [0, 0.3]) {
    const name = `attention ${causal ? 'causal' : 'bidirectional'}, dropout ${rate}`;
    opTest(
      name,
      (tape, { qkv }) => attention(tape, qkv, { heads: 2, causal, dropout: rate }),
      [
        { name: 'head width 4', shapes: { qkv: [2, 7, 24] } },
        { name: 'head width 3', shapes: { qkv: [1, 9, 18] } },
        { name: 'head width 10', shapes: { qkv: [2, 21, 60] } },
        { name: 'one position', shapes: { qkv: [1, 1, 12] } },
      ],
      { halves: ['qkv'] },
    );
  }
}

function embeddingCase(batch: number, context: number, vocabulary: number, width: number) {
  const tokens = integers(batch * context, vocabulary, 5);
  const tokenOrder = new Int32Array(tokens.length);
  const tokenStarts = new Int32Array(vocabulary + 1);
  sortTokens(tokens, vocabulary, tokenOrder, tokenStarts);
  return {
    name: `${batch}×${context} of ${vocabulary}, width ${width}`,
    shapes: { tokenTable: [vocabulary, width], positionTable: [context + 2, width] },
    fixed: {
      tokens: { values: tokens, shape: [batch, context] },
      tokenOrder: { values: tokenOrder, shape: [tokens.length] },
      tokenStarts: { values: tokenStarts, shape: [vocabulary + 1] },
    },
  };
}

opTest(
  'embedding',
  (tape, { tokens, tokenTable, positionTable, tokenOrder, tokenStarts }) =>
    embedding(tape, tokens, tokenTable, positionTable, { tokenOrder, tokenStarts }),
  [embeddingCase(2, 5, 4, 3), embeddingCase(3, 7, 20, 8), embeddingCase(1, 1, 1, 1)],
);

opTest(
  'embedding of tokens alone',
  (tape, { tokens, tokenTable, tokenOrder, tokenStarts }) =>
    embedding(tape, tokens, tokenTable, undefined, { tokenOrder, tokenStarts }),
  [withoutPositions(embeddingCase(3, 7, 20, 5)), withoutPositions(embeddingCase(1, 1, 1, 1))],
);

function withoutPositions(each: ReturnType<typeof embeddingCase>) {
  return { ...each, shapes: { tokenTable: each.shapes.tokenTable } };
}

opTest(
  'embedding with constant positions',
  (tape, { tokens, tokenTable, table, tokenOrder, tokenStarts }) =>
    embedding(tape, tokens, tokenTable, table, { tokenOrder, tokenStarts }),
  [embeddingCase(2, 5, 4, 3), embeddingCase(1, 1, 1, 1)].map((each) => {
    const { tokenTable, positionTable } = each.shapes;
    const table = { values: normal(positionTable[0] * positionTable[1], 21), shape: positionTable };
    return { ...each, shapes: { tokenTable }, fixed: { ...each.fixed, table } };
  }),
);

/** Some rows in a mixed order, and a slot that holds nothing where there is room. */
function gatherCase(batch: number, context: number, width: number, positions: readonly number[]) {
  const rows = batch * context;
  const slots = Int32Array.from({ length: rows }, (_, row) => positions.indexOf(row));
  return {
    name: `${positions.length} of ${rows} rows, width ${width}`,
    shapes: { x: [batch, context, width] },
    fixed: {
      positions: { values: Int32Array.from(positions), shape: [positions.length] },
      slots: { values: slots, shape: [rows] },
    },
  };
}

opTest(
  'gather',
  (tape, { x, positions, slots }) => gatherRows(tape, x, { positions, slots }),
  [
    gatherCase(2, 7, 5, [11, 0, 13, -1, 4]),
    gatherCase(3, 5, 33, [2, 14, -1, -1]),
    gatherCase(1, 6, 1, [5, 4, 3, 2, 1, 0]),
    gatherCase(1, 1, 3, [0]),
    gatherCase(1, 1, 1, [-1]),
  ],
  { halves: ['x'] },
);

/** Any numbers do as cos and sin: the gradient is the transpose of the same map. */
function rotaryCase(batch: number, context: number, heads: number, headWidth: number) {
  const pairs = Math.floor(headWidth / 2);
  const shape = [context + 1, Math.max(1, pairs), 2];
  return {
    name: `${batch}×${context}, ${heads} heads of ${headWidth}`,
    shapes: { qkv: [batch, context, 3 * heads * headWidth] },
    fixed: { table: { values: normal(shape[0] * shape[1] * 2, 5), shape } },
    heads,
  };
}

for (const each of [rotaryCase(2, 5, 2, 4), rotaryCase(1, 7, 3, 5), rotaryCase(3, 1, 1, 2), rotaryCase(1, 1, 1, 1)]) {
  opTest('rotary', (tape, { qkv, table }) => rotary(tape, qkv, table, each.heads), [each], { halves: ['qkv'] });
}

function crossEntropyCase(rows: number, stride: number, vocabulary: number) {
  const targets = integers(rows, vocabulary, 3);
  if (rows > 2) targets[1] = -100;
  return {
    name: `${rows} rows of ${vocabulary} in ${stride}`,
    shapes: { x: [rows, 6], w: [6, stride] },
    fixed: {
      targets: { values: targets, shape: [rows] },
      weights: { values: normal(rows, 9).map(Math.abs), shape: [rows] },
    },
    vocabulary,
  };
}

for (const each of [crossEntropyCase(5, 8, 7), crossEntropyCase(1, 2, 2), crossEntropyCase(19, 96, 95)]) {
  opTest(
    'cross-entropy',
    (tape, { x, w, targets, weights }) =>
      crossEntropy(tape, matmul(tape, x, w, { element: 'f32' }), targets, weights, {
        vocabulary: each.vocabulary,
        gradient: true,
      }),
    [each],
    { root: true },
  );
}
