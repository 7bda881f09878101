/** Registry of what happens to a block's activations until the backward pass needs them. */
import type { CatalogEntry } from '../../contract/catalog.ts';

export interface ActivationChoice extends CatalogEntry {
  /** True: computed again in the backward pass. */
  readonly recomputed: boolean;
}

export const kept: ActivationChoice = {
  id: 'keep',
  label: { en: 'Kept', zh: '保留' },
  explanation: {
    en: 'What each layer computes stays in memory until the backward pass reads it: fastest.',
    zh: '每层算出的中间结果一直留在显存里，直到反向传播用到：最快。',
  },
  recomputed: false,
};

export const recomputed: ActivationChoice = {
  id: 'recompute',
  label: { en: 'Computed again', zh: '重新计算' },
  explanation: {
    en: 'Only the input of each layer is kept, the rest is computed again for the backward pass: deeper models fit, a step takes about a third longer, and the result is the same.',
    zh: '只保留每层的输入，反向传播时再算一遍：放得下更深的模型，每步约慢三分之一，结果完全相同。',
  },
  recomputed: true,
};

export const activationChoices: readonly ActivationChoice[] = [kept, recomputed];
