/** Next-token prediction: the label of each position is the token after it. */
import type { Objective } from './objective.ts';

export const nextToken: Objective = {
  id: 'next-token',
  label: { en: 'Next token', zh: '预测下一个' },
  explanation: {
    en: 'The text is its own label: at every position the model guesses the token that comes next.',
    zh: '文本自己就是标签：模型在每个位置猜下一个词元。',
  },
  attention: 'causal',
  fields: [],
  specials: [],
  writesOn: true,
  window: (context) => context + 1,
  capacity: () => undefined,
  fill: ({ tokens, targets, weights }, { batch, context, tokens: text, starts }, share) => {
    for (let row = 0; row < batch; row++) {
      for (let i = 0; i < context; i++) {
        tokens[row * context + i] = text[starts[row] + i];
        targets[row * context + i] = text[starts[row] + i + 1];
      }
    }
    weights.fill(share / (batch * context));
  },
};
