/** Registry of what a position attends to, in the order of the choice. */
import type { CatalogEntry } from '../../contract/catalog.ts';

export interface AttentionDirection extends CatalogEntry {
  readonly causal: boolean;
}

export const causal: AttentionDirection = {
  id: 'causal',
  label: { en: 'Causal', zh: '单向（因果）' },
  explanation: {
    en: 'Each position sees itself and what stands left of it, as in GPT.',
    zh: '每个位置只看自己和左边的内容，与 GPT 相同。',
  },
  causal: true,
};

export const bidirectional: AttentionDirection = {
  id: 'bidirectional',
  label: { en: 'Bidirectional', zh: '双向' },
  explanation: {
    en: 'Each position sees the whole window, left and right, as in BERT.',
    zh: '每个位置都能看到左右两边的全部内容，与 BERT 相同。',
  },
  causal: false,
};

export const attentions: readonly AttentionDirection[] = [causal, bidirectional];
