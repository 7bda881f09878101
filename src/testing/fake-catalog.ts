/** The catalog of the scripted worker: invented corpora, and the fields that the page must cope with. */
import type { Catalog, LocalizedText, NumberField } from '../contract/catalog.ts';
import type { RunConfiguration } from '../contract/configuration.ts';

const both = (en: string, zh: string): LocalizedText => ({ en, zh });
const entry = (id: string, en: string, zh: string) => ({
  id,
  label: both(en, zh),
  explanation: both(`About ${en}.`, `关于${zh}。`),
});

function field(path: string, en: string, zh: string, extent: Partial<NumberField>): NumberField {
  return {
    path,
    label: both(en, zh),
    explanation: both(en, zh),
    unit: both('', ''),
    minimum: 1,
    maximum: 16,
    step: 1,
    scale: 'linear',
    live: false,
    ...extent,
  };
}

const configuration: RunConfiguration = {
  corpus: 'verse',
  tokenizer: 'characters',
  vocabulary: 1024,
  objective: 'next-token',
  masking: { rate: 0.15, maskShare: 0.8, randomShare: 0.1, unit: 'token' },
  model: { family: 'gpt', context: 128, layers: 4, heads: 4, width: 128 },
  optimizer: { learningRate: 0.003, beta1: 0.9, beta2: 0.95, epsilon: 1e-8, weightDecay: 0.1, clip: 1 },
  schedule: { kind: 'cosine', warmupSteps: 100, totalSteps: 2000, finalRatio: 0.1 },
  training: {
    batch: 48,
    accumulation: 1,
    dropout: 0.1,
    seed: 1337,
    evaluationInterval: 50,
    activations: 'keep',
    precision: 'single',
  },
};

export const fakeCatalog: Catalog = {
  corpora: [
    {
      ...entry('verse', 'Shakespeare, a sonnet', '莎士比亚，十四行诗'),
      kind: 'text',
      language: 'en',
      prompt: 'Shall I compare thee to a summer',
      available: true,
    },
    {
      ...entry('poems', 'Tang poems', '唐诗'),
      kind: 'text',
      language: 'zh',
      prompt: '床前明月光，疑是地上霜。',
      available: true,
    },
    { ...entry('away', 'Classics', '经典'), kind: 'text', language: 'zh', prompt: '学而时习之', available: false },
  ],
  tokenizers: [entry('characters', 'Characters', '单字'), entry('bytes', 'Bytes', '字节')],
  objectives: [
    { ...entry('next-token', 'Next token', '预测下一个'), fields: [], writesOn: true, attention: 'causal' },
    {
      ...entry('masked-token', 'Masked token', '完形填空'),
      fields: [field('masking.rate', 'Mask rate', '遮盖比例', { minimum: 0.01, maximum: 0.99, step: 0.01 })],
      writesOn: false,
      attention: 'bidirectional',
    },
  ],
  maskingUnits: [entry('token', 'Single tokens', '单个词元')],
  families: [
    { ...entry('gpt', 'GPT', 'GPT'), own: { norm: 'pre', attention: 'causal', positions: 'learned' } },
    { ...entry('bert', 'BERT', 'BERT'), own: { norm: 'post', attention: 'bidirectional', positions: 'learned' } },
  ],
  norms: [entry('pre', 'Before', '前置'), entry('post', 'After', '后置')],
  attentions: [entry('causal', 'Causal', '单向'), entry('bidirectional', 'Bidirectional', '双向')],
  positions: [entry('learned', 'Learned', '可学习')],
  activations: [entry('keep', 'Kept', '保留'), entry('recompute', 'Computed again', '重新计算')],
  precisions: [entry('single', 'Single', '单精度'), entry('half', 'Half', '半精度')],
  schedules: [
    entry('constant', 'constant', '恒定'),
    entry('linear', 'linear', '线性'),
    entry('cosine', 'cosine', '余弦'),
  ],
  presets: [
    { id: 'nano', label: both('Nano', '极小'), model: { family: 'gpt', context: 64, layers: 2, heads: 4, width: 64 } },
    { id: 'micro', label: both('Micro', '微型'), model: configuration.model },
    {
      id: 'small',
      label: both('Small', '小型'),
      model: { family: 'gpt', context: 128, layers: 6, heads: 6, width: 192 },
    },
    {
      id: 'medium',
      label: both('Medium', '中型'),
      model: { family: 'gpt', context: 256, layers: 6, heads: 6, width: 384 },
    },
  ],
  fields: [
    field('model.layers', 'Layers', '层数', { maximum: 12 }),
    field('model.heads', 'Heads', '注意力头', {}),
    field('model.width', 'Width', '宽度', { minimum: 16, maximum: 768, step: 16 }),
    field('model.context', 'Context', '上下文', { minimum: 8, maximum: 512, step: 8 }),
    field('schedule.totalSteps', 'Steps', '步数', { minimum: 10, maximum: 100_000, step: 10, scale: 'logarithmic' }),
    field('optimizer.learningRate', 'Learning rate', '学习率', {
      minimum: 1e-5,
      maximum: 0.1,
      step: 1e-5,
      scale: 'logarithmic',
      live: true,
    }),
    field('optimizer.epsilon', 'Epsilon', '稳定项 ε', {
      minimum: 1e-12,
      maximum: 0.01,
      step: 1e-12,
      scale: 'logarithmic',
    }),
    field('training.batch', 'Batch', '批大小', { maximum: 256, scale: 'logarithmic' }),
    field('training.dropout', 'Dropout', '随机失活', { minimum: 0, maximum: 0.9, step: 0.01 }),
    field('schedule.warmupSteps', 'Warm-up', '预热', { minimum: 0, maximum: 2000 }),
    field('optimizer.clip', 'Gradient clip', '梯度裁剪', { minimum: 0, maximum: 10, step: 0.1 }),
    field('training.seed', 'Seed', '随机种子', { minimum: 0, maximum: 4_294_967_295 }),
  ],
  defaults: configuration,
};
