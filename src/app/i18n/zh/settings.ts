/** Chinese messages of the settings: text, model, training, masking, what they cost, and weights. */
import type { settings as english } from '../en/settings.ts';
import type { Translated } from '../translated.ts';

export const settings: Translated<typeof english> = {
  text: {
    title: '文本',
    corpus: '语料',
    own: '自己的文本',
    unavailable: '{{label}}（本机没有）',
    excerpt: '开头几行',
    paste: '粘贴或拖入自己的文本',
    pasteHere: '你的文本',
    pastePlaceholder: '把文本粘贴到这里，几页就够。',
    use: '用这段文本',
    choose: '选择文件',
    drop: '放在这里',
    cancel: '取消',
    readingBytes: '已读 {{done}} / {{total}} · {{share}}',
    stopReading: '取消',
    field: '字段',
    list: '列表中的每一项',
    wholeFile: '按纯文本整个读入',
    tokenizer: '词元是',
    length: '篇幅',
    lengthValue: '{{amount}}，留 {{share}} 验证',
    vocabulary: '词表',
  },
  nouns: {
    characters_other: '{{amount}} 个字',
    bytes_other: '{{amount}} 个字节',
    tokens_other: '{{amount}} 个词元',
  },
  noun: { characters: '字', bytes: '字节', tokens: '词元' },
  model: {
    title: '模型',
    summary_other: '{{amount}} 层',
    preset: '大小',
    parameters: '<b>{{amount}}</b> 个参数',
    memory: '<b>{{amount}}</b> {{where}}',
    gpu: '显存',
    ram: '内存',
  },
  training: {
    title: '训练',
    summary_other: '{{amount}} 步',
    schedule: '调度',
    activations: '中间结果',
    shuffle: '换一个种子',
    more: '更多设置',
    fewer: '收起设置',
  },
  fold: { open: '展开', close: '收起' },
  field: {
    exact: '{{label}}，精确值',
    explain: '{{label}}：是什么意思',
    range: '{{meaning}}范围 {{minimum}} 至 {{maximum}} {{unit}}。',
    live: '{{meaning}}改动立即生效。',
    restart: '{{meaning}}改动后需要重新开始训练。',
  },
  cost: {
    step: '每步 <b>{{ms}}</b> 毫秒',
    change: '与这次训练相比：参数 {{parameters}}，{{bytes}}，每步 {{time}}。',
    tooSlow: '{{label}}：在这台设备上每步约需 {{seconds}} 秒，慢得没法看。',
  },
  restart: {
    loses: '这些设置需要重新开始。第 {{step}} 步以及学到的内容会丢失。',
    start: '用这些设置重新开始',
    keep: '保留这次训练',
    losesObjective: '「{{objective}}」是另一种学法，要从新的权重开始。第 {{step}} 步以及学到的内容会丢失。',
    failed: '之前的训练没有受影响，仍然保留。',
  },
  masking: { summary: '遮住 {{share}}', unit: '一起遮住的' },
  architecture: { family: '家族', norm: '层归一化', attention: '注意力', positions: '位置编码' },
  warnings: {
    'next-token-sees-itself':
      '它会作弊：双向注意力让每个位置直接看到要预测的那个词元。损失会降到几乎为零，却什么也没学到，写出来的仍是胡话。',
    'kept-tokens-show-answer':
      '它会作弊：要猜的词元大多原样摆在眼前。照抄就够了，损失降得飞快，遇到真正的空还是填不好。',
    'masked-causal': '它只看空的左边。能学到东西，但从不利用右边，损失会停在比双向模型更高的地方。',
  },
  weights: {
    title: '保存学到的内容',
    lead: '权重存成 safetensors，布局与 Hugging Face 的 {{layout}} 相同。',
    save: '保存权重',
    load: '载入权重',
  },
};
