/** Model sizes to choose from, 0.1 M to 10 M parameters with a small vocabulary. */
import type { ModelPreset } from '../../contract/catalog.ts';

/** Smallest first. Parameters: about 12·L·C², plus the embeddings (V + T)·C. */
export const presets: readonly ModelPreset[] = [
  {
    id: 'nano',
    label: { en: 'Nano', zh: '极小' },
    model: { family: 'gpt', context: 64, layers: 2, heads: 4, width: 64 },
  },
  {
    id: 'micro',
    label: { en: 'Micro', zh: '微型' },
    model: { family: 'gpt', context: 128, layers: 4, heads: 4, width: 128 },
  },
  {
    id: 'small',
    label: { en: 'Small', zh: '小型' },
    model: { family: 'gpt', context: 128, layers: 6, heads: 6, width: 192 },
  },
  {
    id: 'medium',
    label: { en: 'Medium', zh: '中型' },
    model: { family: 'gpt', context: 256, layers: 6, heads: 6, width: 384 },
  },
];
