/** WordPiece: what it learns, how it cuts words, and what it does with the text around them. */
import { describe, expect, it } from 'vitest';
import { fuzzedText } from '../../../testing/fuzzed-text.ts';
import { inParts, mixedText, shells, trainOn } from '../../../testing/tokenizer-training.ts';
import { uncased } from './bert-words.ts';
import { WordPieceTokenizer } from './word-piece.ts';
import { WordPieceBuilder } from './word-piece-training.ts';

/** What Hugging Face's trainer (tokenizers 0.23, WordPieceTrainer, min_frequency 2) learns from the same text. */
const expected =
  "##0 ##2 ##4 ##5 ##6 ##a ##aa ##e ##h ##he ##l ##ll ##lls ##o ##r ##re ##s ##t ##u ##y ' , . 0 2 20 202 4 5 6 : ; [CLS] [MASK] [PAD] [SEP] [UNK] a aaa b e f h i l o r s se sea sells she shells t the u y 。 吹 沙 海 的 边 风".split(
    ' ',
  );

const train = (text: string, vocabulary: number) => trainOn(new WordPieceBuilder(vocabulary), text);
const mixed = mixedText(' ');

describe('training', () => {
  it('learns the pieces of the reference', () => {
    const { pieces } = train(shells, expected.length).parts;
    expect(pieces.slice(0, 5)).toEqual(['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]']);
    expect([...pieces].sort()).toEqual([...expected].sort());
  });

  it('names what a short text has to offer', () => {
    expect(() => train(shells, 256)).toThrow(`vocabulary-text-too-short {"possible":${expected.length},"least":256}`);
  });

  it('leaves the rarest characters out where they are too many', () => {
    const many = Array.from({ length: 400 }, (_, i) => String.fromCodePoint(0x4e00 + i).repeat(i < 200 ? 1 : 2)).join(
      '',
    );
    const tokenizer = train(many, 205);
    const ids = tokenizer.encode('一丁\u4f57');
    expect([...ids].map((id) => tokenizer.view(id).text)).toEqual(['[UNK]', '[UNK]', '\u4f57']);
  });

  it('learns the same from any parts of the text', () => {
    const fromParts = trainOn(new WordPieceBuilder(700), ...inParts(mixed));
    expect(fromParts.parts).toEqual(train(mixed, 700).parts);
  });
});

describe('cutting', () => {
  const pieces = ['[UNK]', '[MASK]', 'play', '##ing', '##in', '##g', 'un', '##play', '吉', '##野', '.', '𠮷', 'a'];
  const tokenizer = new WordPieceTokenizer({
    pieces,
    added: [{ id: 1, content: '[MASK]', lstrip: false, rstrip: false, normalized: false, special: true }],
    text: uncased,
    prefix: '##',
    unknown: 0,
    longestWord: 12,
  });
  const cut = (line: string) => [...tokenizer.encode(line)].map((id) => pieces[id]);

  it.each([
    ['Playing', ['play', '##ing']],
    ['unplaying.', ['un', '##play', '##ing', '.']],
    ['plays playin', ['[UNK]', 'play', '##in']],
    ['plaÿ playplayplayplay play', ['play', '[UNK]', 'play']],
    ['play[MASK]ing [mask]', ['play', '[MASK]', '[UNK]', '[UNK]', '[UNK]', '[UNK]']],
    // An ideograph beyond the first plane is a word of its own, too.
    ['吉野a𠮷a', ['吉', '[UNK]', 'a', '𠮷', 'a']],
    ['pl\u0000ay\u00ad a\u200b\ta', ['play', 'a', 'a']],
  ])('of %j', (line, tokens) => {
    expect(cut(line)).toEqual(tokens);
  });

  it('is the same where a text goes on after a cut', () => {
    const tokenizer = train(mixed, 700);
    for (let seed = 0; seed < 2000; seed++) {
      const [start, end] = [fuzzedText(seed), fuzzedText(seed + 2000)];
      const cut = tokenizer.cut(start);
      const inParts = [...tokenizer.encode(start.slice(0, cut)), ...tokenizer.encode(start.slice(cut) + end)];
      expect(inParts).toEqual([...tokenizer.encode(start + end)]);
    }
    expect(tokenizer.cut('word'.repeat(20_000))).toBeGreaterThan(0);
  });

  it('reads well when put together again', () => {
    const tokenizer = train(mixed, 700);
    const read = (line: string) => tokenizer.decode(tokenizer.encode(line));
    expect(read('the whale, playing.')).toBe('the whale, playing.');
    expect(read('今天天气真好。')).toBe('今天天气真好。');
  });
});
