/** Attention: every variant on the GPU against the float64 twin, over blocks that end inside the context and beyond. */
import { familyTest, normal, zeros } from '../../testing/kernel-test.ts';
import {
  type AttentionAttributes,
  attentionBackwardKeyValue,
  attentionBackwardQuery,
  attentionForward,
} from './attention.ts';

const shapes = [
  { batch: 1, context: 1, heads: 1, headWidth: 4 },
  { batch: 1, context: 37, heads: 3, headWidth: 12 },
  { batch: 1, context: 70, heads: 2, headWidth: 32 },
  { batch: 1, context: 9, heads: 2, headWidth: 3 },
];

const attributesList = shapes.flatMap((shape) =>
  [0, 1].map((causal) => ({ ...shape, causal, limited: 0, dropout: causal ? 0.3 : 0, dropoutStream: 3 })),
);

function caseOf(attributes: AttentionAttributes) {
  const { batch, context, heads, headWidth } = attributes;
  const rows = batch * heads * context;
  return {
    attributes,
    data: {
      qkv: normal(rows * headWidth * 3, 1),
      output: normal(rows * headWidth, 2),
      outputGradient: normal(rows * headWidth, 3),
      // Near what the forward pass finds, so that probabilities stay below 1.
      logSumExp: normal(rows, 4).map((value) => Math.log(context) + 4 + Math.abs(value)),
      rowDot: normal(rows, 5),
      qkvGradient: zeros(rows * headWidth * 3),
      counters: Uint32Array.of(5, 17, 0, 0),
    },
  };
}

const cases = attributesList.map(caseOf);
familyTest(attentionForward, cases);
familyTest(attentionBackwardQuery, cases);
familyTest(attentionBackwardKeyValue, cases);
