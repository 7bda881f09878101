/** Registry of layer-norm placements, in the order of the choice. */
import type { CatalogEntry } from '../../contract/catalog.ts';

export interface NormPlacement extends CatalogEntry {
  /** True: before each branch, and once before the head. False: after each residual sum. */
  readonly first: boolean;
}

export const preNorm: NormPlacement = {
  id: 'pre',
  label: { en: 'Before (pre-LN)', zh: '前置（Pre-LN）' },
  explanation: {
    en: 'Layer norm before attention and feed-forward, as in GPT-2: gradients pass unscaled, so training is steady.',
    zh: '在注意力和前馈之前归一化，与 GPT-2 相同：梯度不经缩放直达各层，训练更稳。',
  },
  first: true,
};

export const postNorm: NormPlacement = {
  id: 'post',
  label: { en: 'After (post-LN)', zh: '后置（Post-LN）' },
  explanation: {
    en: 'Layer norm after each residual sum, as in BERT and the first Transformer: needs warm-up more.',
    zh: '在每次残差相加之后归一化，与 BERT 和最初的 Transformer 相同：更依赖预热。',
  },
  first: false,
};

export const norms: readonly NormPlacement[] = [preNorm, postNorm];
