/** Chinese messages of problems: what happened, and what to do next. */
import type { problems as english } from '../en/problems.ts';
import type { Translated } from '../translated.ts';

export const problems: Translated<typeof english> = {
  problems: {
    dismiss: '知道了',
    reload: '重新打开本页',
    unknown: '出了问题（{{code}}）。已经学到的内容会尽量保留。',
    'corpus-empty': '文本是空的。请至少粘贴几页文字，或者选一个语料。',
    'corpus-single-token': '文本里从头到尾只有一个{{token}}，没有什么可预测的。请换一段有变化的文本。',
    'corpus-too-short': '文本有 {{tokens}} 个词元，这个模型至少需要 {{needed}} 个。请加长文本，或缩短上下文。',
    'corpus-unavailable': '本机没有这个语料：它在联网构建页面时才会取来。请选另一个。',
    'corpus-binary':
      '这个文件不是文本：内容是图片、带排版的文档或其他二进制格式。没有任何改动。请先另存为纯文本，或者换一个文件。',
    'corpus-too-large':
      '这个文件有 {{bytes}}，本页最多读取 {{limit}}。没有任何改动。请截取一部分：对这种大小的模型，只用开头就足够了。',
    'corpus-undecodable':
      '这个文件不全是 {{encoding}} 编码：从第 {{line}} 行起有字节对应不上任何字符。可以用 � 代替它们，或者不用这个文件。',
    'corpus-malformed': '这不是有效的 {{format}}：第 {{line}} 行不合格式。请修正文件，或者当作纯文本读入。',
    'corpus-record-too-long':
      '这个文件里有一条记录超过 {{limit}} 个字符，或者缺了结尾。请修正文件，或者当作纯文本读入。',
    'corpus-no-field': '这个文件的记录里没有文字，只有数字或空值。请换一个文件，或者当作纯文本读入。',
    'vocabulary-too-large':
      '这段文本里重复的片段只够学出 {{possible}} 个词元，不到 {{vocabulary}} 个。请把词表大小改成 {{possible}} 或更小，或者加长文本。',
    'vocabulary-text-too-short':
      '这段文本里重复的片段只够学出 {{possible}} 个词元，而至少要学 {{least}} 个。请加长文本，或改用单字或字节。',
    'tokenizer-corrupt':
      '这不是能读懂的 tokenizer.json，问题出在「{{detail}}」。没有任何改动。请重新选择这个文件，或者换一个。',
    'tokenizer-too-large': '这个文件有 {{bytes}}，本页最多读取 {{limit}} 的分词器。没有任何改动。请换一个。',
    'tokenizer-unsupported':
      '这个分词器用到「{{feature}}」，本页还不支持。没有任何改动。可以读取 GPT-2 那样的字节级 BPE 和 BERT 那样的 WordPiece。',
    'tokenizer-unreadable': '文件读不出来（{{detail}}）。没有任何改动。请重新选择。',
    'tokenizer-lacks-characters':
      '文本里有「{{characters}}」，而这个分词器没有对应的词元。请换一个分词器，或者换一段文本。',
    replaceInvalid: '用 � 代替',
    readGb18030: '按 GB 18030 中文编码读取',
    takePlain: '当作纯文本读入',
    leaveFile: '不用这个文件',
    learnFewer: '改学 {{amount}} 个词元',
    otherFile: '换一个文件',
    'corpus-unreadable': '文件读不出来（{{detail}}）。请重新选择，或直接粘贴文字。',
    'unknown-characters':
      '文本里从没出现过「{{characters}}」，模型没有对应的词元。请在提示里去掉它，或改用字节作词元。',
    'prompt-empty': '提示是空的。请写几个字让它接下去。',
    'prompt-no-blank': '提示里没有空可填。点击一个词元，或在想让模型猜的地方写上 [MASK]。',
    'prompt-only-blanks': '提示全被挖空了，没有可依据的内容。请保留一部分文字。',
    'prompt-mask-compared': '「预测下一个」的模型看不懂 [MASK]。请写出整句话，再点要挖空的词元。',
    'objective-fills-blanks': '做完形填空的模型不能续写。要续写，请改选「预测下一个」；也可以在这里挖空一个词元。',
    'mask-rate-none': '遮盖比例为 0 时没有要猜的内容，也就学不到东西。BERT 取 0.15。',
    'mask-rate-all': '遮盖比例为 1 时全文都被遮住，没有可依据的内容。BERT 取 0.15。',
    'mask-shares': '换成 [MASK] 与换成随机词元的比例之和超过 1，请调低其中一个。',
    'nothing-to-mask': '这段文本里没有可以遮盖的词元。请换一段文本或另一种分词方式。',
    'labels-too-short': '太短了，还没有标签。请至少写 {{needed}} 个字。',
    'model-heads-width': '{{heads}} 个注意力头不能整除宽度 {{width}}。请把宽度设为 {{heads}} 的倍数。',
    'model-too-large': '这个模型需要 {{bytes}}，本机只能放下 {{limit}}。请缩小模型：宽度、上下文和批大小影响最大。',
    'comparison-too-large':
      '这些模型一共需要 {{bytes}}，本机只能放下 {{limit}}。请减少模型，或把它们调小。你原来的训练没有受影响。',
    'setting-out-of-range': '{{setting}}必须在 {{minimum}} 和 {{maximum}} 之间。',
    'not-finite':
      '第 {{step}} 步的损失不再是数字，训练已停止。第 {{kept}} 步的权重保留着。请调低学习率，再点「训练」。',
    'weights-corrupt': '这不是完整的 safetensors 文件（{{detail}}）。没有任何改动。请换一个文件。',
    'weights-mismatch':
      '这些权重属于另一个模型：{{name}} 的形状是 {{found}}，这里是 {{expected}}。没有任何改动。请先把模型设成同样的大小。',
    'device-lost': '显卡设备丢失，训练已停止。请重新打开本页；在这台设备上请多保存权重。',
    'thread-lost': '有一个计算线程意外终止，训练已停止。权重保留着：请先保存权重，再重新打开本页。',
    'out-of-memory': '设备内存不够。之前的训练会尽量保留。请选小一些的模型、上下文或批大小。',
    'link-values': '链接里有本页用不了的设置：{{settings}}。这几项改用默认值，其余照链接设置。',
    'link-custom':
      '这个链接用的是对方自己的{{missing}}，而链接从不携带文件和文本。要重复那次训练，请向对方要来，放进本页；在此之前先用内置的。',
    'link-custom-values':
      '这个链接用的是对方自己的{{missing}}，而链接从不携带文件和文本，请向对方要来，放进本页。另外还有本页用不了的设置：{{settings}}。这几项改用默认值。',
    'worker-crashed': '页面出了意外（{{detail}}）。请重新打开本页。',
    'compile-failed':
      '有一个内核在这台设备上编译不了（{{detail}}）。请更新浏览器或显卡驱动，或在网址后加 ?backend=cpu。',
  },
  missing: { text: '文本', tokenizer: '分词器文件', both: '文本和分词器文件' },
};
