/** Registry of how exactly matmul and attention compute, and what they keep. */
import type { CatalogEntry } from '../../contract/catalog.ts';
import type { Command } from '../../contract/messages.ts';

export interface PrecisionChoice extends CatalogEntry {
  /** True: f16, where the device can. */
  readonly half: boolean;
}

export const single: PrecisionChoice = {
  id: 'single',
  label: { en: 'Single', zh: '单精度' },
  explanation: {
    en: 'Every number has 32 bits: runs everywhere.',
    zh: '每个数占 32 位：哪里都能运行。',
  },
  half: false,
};

export const half: PrecisionChoice = {
  id: 'half',
  label: { en: 'Half', zh: '半精度' },
  explanation: {
    en: 'What matrix products and attention read and write has 16 bits; sums, weights and updates keep 32. Larger models fit, and many graphics cards are faster; the loss hardly differs.',
    zh: '矩阵乘法和注意力读写的数占 16 位，求和、权重和更新仍用 32 位。放得下更大的模型，许多显卡也更快，损失几乎不变。',
  },
  half: true,
};

export const precisions: readonly PrecisionChoice[] = [single, half];

/** True of a command about a run in half precision. */
export function wantsHalf(command: Command): boolean {
  const about =
    command.type === 'compare' ? command.configurations : 'configuration' in command ? [command.configuration] : [];
  return about.some(({ training }) => training.precision === half.id);
}
