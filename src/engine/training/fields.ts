/** The numbers a user can set, with their limits, units and one-sentence explanations. */
import type { LocalizedText, NumberField } from '../../contract/catalog.ts';
import { bytePair } from '../data/tokenizers/byte-pair.ts';
import { leastPieces } from '../data/tokenizers/pair-training.ts';
import { wordPiece } from '../data/tokenizers/word-piece-training.ts';

const noUnit: LocalizedText = { en: '', zh: '' };

type Extent = Pick<NumberField, 'minimum' | 'maximum' | 'step'> &
  Partial<Pick<NumberField, 'scale' | 'live' | 'unit' | 'tokenizers'>>;

function field(path: string, label: LocalizedText, explanation: LocalizedText, extent: Extent): NumberField {
  return { path, label, explanation, unit: noUnit, scale: 'linear', live: false, ...extent };
}

export const fields: readonly NumberField[] = [
  field(
    'vocabulary',
    { en: 'Pieces', zh: '词表大小' },
    {
      en: 'Pieces to learn from the text: more make the text shorter, and the model larger.',
      zh: '从文本里学出多少个词元：越多，文本切得越短，模型也越大。',
    },
    { minimum: leastPieces, maximum: 8192, step: 1, scale: 'logarithmic', tokenizers: [bytePair.id, wordPiece.id] },
  ),
  field(
    'model.layers',
    { en: 'Layers', zh: '层数' },
    {
      en: 'Transformer blocks, one after another; more layers can combine what the ones before found.',
      zh: 'Transformer 块的个数；层数越多，越能组合前面各层的发现。',
    },
    { minimum: 1, maximum: 12, step: 1 },
  ),
  field(
    'model.heads',
    { en: 'Heads', zh: '注意力头' },
    {
      en: 'Attention patterns that each layer computes side by side; must divide the width.',
      zh: '每层并行计算的注意力模式个数；必须整除宽度。',
    },
    { minimum: 1, maximum: 16, step: 1 },
  ),
  field(
    'model.width',
    { en: 'Width', zh: '宽度' },
    {
      en: 'Numbers that describe one token inside the model; parameters grow with its square.',
      zh: '模型内部描述一个词元所用的数字个数；参数量随其平方增长。',
    },
    { minimum: 16, maximum: 768, step: 16 },
  ),
  field(
    'model.context',
    { en: 'Context', zh: '上下文' },
    { en: 'Tokens the model can look back on.', zh: '模型能回看的词元数。' },
    { minimum: 8, maximum: 512, step: 8, unit: { en: 'tokens', zh: '词元' } },
  ),
  field(
    'schedule.totalSteps',
    { en: 'Steps', zh: '步数' },
    { en: 'Updates of the weights until training ends.', zh: '训练结束前更新权重的次数。' },
    { minimum: 10, maximum: 100_000, step: 10, scale: 'logarithmic' },
  ),
  field(
    'optimizer.learningRate',
    { en: 'Learning rate', zh: '学习率' },
    {
      en: 'How far one update moves the weights; too high and the loss jumps, too low and nothing happens.',
      zh: '每次更新移动权重的幅度；太大损失会跳动，太小则学不动。',
    },
    { minimum: 0.00001, maximum: 0.1, step: 0.00001, scale: 'logarithmic', live: true },
  ),
  field(
    'training.batch',
    { en: 'Batch', zh: '批大小' },
    {
      en: 'Pieces of text per update; more make the gradient less noisy and the step slower.',
      zh: '每次更新使用的文本段数；越多梯度越平稳，每步也越慢。',
    },
    { minimum: 1, maximum: 256, step: 1, scale: 'logarithmic' },
  ),
  field(
    'training.accumulation',
    { en: 'Accumulation', zh: '梯度累积' },
    {
      en: 'Batches whose gradients are summed before one update: a larger batch in the same memory.',
      zh: '累加几批梯度后才更新一次：用同样的显存得到更大的批。',
    },
    { minimum: 1, maximum: 16, step: 1 },
  ),
  field(
    'training.dropout',
    { en: 'Dropout', zh: '随机失活' },
    {
      en: 'Share of activations zeroed at random while training, against learning by heart.',
      zh: '训练时随机置零的激活比例，防止死记硬背。',
    },
    { minimum: 0, maximum: 0.9, step: 0.01 },
  ),
  field(
    'schedule.warmupSteps',
    { en: 'Warm-up', zh: '预热' },
    {
      en: 'Steps over which the learning rate rises from zero, since early gradients mislead.',
      zh: '学习率从零升起所用的步数，因为最初的梯度不可靠。',
    },
    { minimum: 0, maximum: 2000, step: 1, unit: { en: 'steps', zh: '步' } },
  ),
  field(
    'schedule.finalRatio',
    { en: 'Final rate', zh: '末尾比例' },
    {
      en: 'Learning rate at the last step as a share of its peak.',
      zh: '最后一步的学习率占最高值的比例。',
    },
    { minimum: 0, maximum: 1, step: 0.01 },
  ),
  field(
    'optimizer.beta1',
    { en: 'Beta 1', zh: '动量 β₁' },
    {
      en: 'How much of the running mean of gradients stays at each step; more smooths the direction.',
      zh: '每一步保留多少梯度的滑动平均；越大方向越平稳。',
    },
    { minimum: 0, maximum: 0.99, step: 0.01 },
  ),
  field(
    'optimizer.beta2',
    { en: 'Beta 2', zh: '动量 β₂' },
    {
      en: 'How much of the running mean of squared gradients stays; it sets each weight its own pace.',
      zh: '保留多少梯度平方的滑动平均；它决定每个权重各自的步幅。',
    },
    { minimum: 0.5, maximum: 0.999, step: 0.001 },
  ),
  field(
    'optimizer.epsilon',
    { en: 'Epsilon', zh: '稳定项 ε' },
    {
      en: 'Added to the size of the gradients before an update is divided by it, so that tiny gradients make no huge steps.',
      zh: '更新要除以梯度的大小，先加上这一项再除，免得极小的梯度带来极大的一步。',
    },
    { minimum: 1e-12, maximum: 0.01, step: 1e-12, scale: 'logarithmic' },
  ),
  field(
    'optimizer.weightDecay',
    { en: 'Weight decay', zh: '权重衰减' },
    { en: 'Pulls matrices and embeddings towards zero a little at each step.', zh: '每一步把矩阵和嵌入略微拉向零。' },
    { minimum: 0, maximum: 1, step: 0.01 },
  ),
  field(
    'optimizer.clip',
    { en: 'Gradient clip', zh: '梯度裁剪' },
    {
      en: 'Longest gradient an update may follow; 0 switches it off.',
      zh: '一次更新允许的最大梯度范数；0 表示不裁剪。',
    },
    { minimum: 0, maximum: 10, step: 0.1 },
  ),
  field(
    'training.evaluationInterval',
    { en: 'Validate every', zh: '验证间隔' },
    {
      en: 'Steps between two measurements on text the model never trains on.',
      zh: '每隔多少步在未参与训练的文本上测量一次。',
    },
    { minimum: 1, maximum: 1000, step: 1, scale: 'logarithmic', unit: { en: 'steps', zh: '步' } },
  ),
  field(
    'training.seed',
    { en: 'Seed', zh: '随机种子' },
    { en: 'The same seed gives the same run, number for number.', zh: '同样的种子，得到逐位相同的训练过程。' },
    { minimum: 0, maximum: 4_294_967_295, step: 1 },
  ),
];
