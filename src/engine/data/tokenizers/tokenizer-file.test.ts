/** tokenizer.json: the reference reads ours and gives the same ids; files as others write them give the same ids here. */
import { Tokenizer as Reference } from '@huggingface/tokenizers';
import { describe, expect, it } from 'vitest';
import { fuzzedText } from '../../../testing/fuzzed-text.ts';
import { mixedText, trainOn } from '../../../testing/tokenizer-training.ts';
import { ProblemError } from '../../problem.ts';
import { byteCharacter, orderedBytes, pieceOfText } from './byte-level.ts';
import { BytePairBuilder } from './byte-pair.ts';
import { type FileTokenizer, readTokenizerFile, writeTokenizerFile } from './tokenizer-file.ts';
import { WordPieceBuilder } from './word-piece-training.ts';

const mixed = mixedText(' ', 1500);
const manyStrings = 4000;
const someStrings = 600;
const specials = ['<|endoftext|>', '[MASK]', '[SEP]', '<mask>', 'Extra', '[UNK]'];

const bytePair = trainOn(new BytePairBuilder(900), mixed);
const wordPiece = trainOn(new WordPieceBuilder(700), mixed);

function read(file: unknown): FileTokenizer {
  return readTokenizerFile(new TextEncoder().encode(typeof file === 'string' ? file : JSON.stringify(file)));
}

/** Compares with the reference on fuzzed strings that were not trained on. */
function expectSameIds(file: string, tokenizer: FileTokenizer, strings = someStrings): void {
  const reference = new Reference(JSON.parse(file), {});
  for (let seed = 10_000; seed < 10_000 + strings; seed++) {
    const text = fuzzedText(seed, specials);
    // The reference looks for ideographs by halves of surrogate pairs, so that it misses those beyond the first plane.
    if (tokenizer.kind === 'word-piece' && /[\u{20000}-\u{2FFFF}]/u.test(text)) continue;
    const ids = reference.encode(text, { add_special_tokens: false }).ids;
    expect([text, ...tokenizer.encode(text, 'prompt')]).toEqual([text, ...ids]);
  }
}

/** A file as GPT-2's or BERT's own, with our small vocabulary in it. */
type Parsed = {
  [key: string]: unknown;
  model: { [key: string]: unknown; merges: string[]; vocab: Record<string, number> };
};

function gpt2File(): Parsed {
  const { model } = JSON.parse(writeTokenizerFile(bytePair));
  const end = Object.keys(model.vocab).length;
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: [
      {
        id: end,
        special: true,
        content: '<|endoftext|>',
        single_word: false,
        lstrip: false,
        rstrip: false,
        normalized: false,
      },
    ],
    normalizer: null,
    pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true },
    post_processor: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: false },
    decoder: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true },
    model: {
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: '',
      end_of_word_suffix: '',
      fuse_unk: false,
      vocab: { ...model.vocab, '<|endoftext|>': end },
      merges: model.merges,
    },
  };
}

function bertFile(normalizer: object | null): object {
  const { model } = JSON.parse(writeTokenizerFile(wordPiece));
  const special = (content: string) => ({
    id: model.vocab[content],
    special: true,
    content,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
  });
  return {
    version: '1.0',
    truncation: { max_length: 512, strategy: 'LongestFirst', stride: 0 },
    padding: null,
    added_tokens: ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'].map(special),
    normalizer,
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: {
      type: 'TemplateProcessing',
      single: [{ SpecialToken: { id: '[CLS]', type_id: 0 } }, { Sequence: { id: 'A', type_id: 0 } }],
      pair: [{ Sequence: { id: 'A', type_id: 0 } }, { Sequence: { id: 'B', type_id: 1 } }],
      special_tokens: { '[CLS]': { id: '[CLS]', ids: [2], tokens: ['[CLS]'] } },
    },
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: { unk_token: '[UNK]', continuing_subword_prefix: '##', max_input_chars_per_word: 100, vocab: model.vocab },
  };
}

describe.each([
  ['byte-pair', bytePair],
  ['word-piece', wordPiece],
] as const)('a %s file of ours', (_, tokenizer) => {
  const file = writeTokenizerFile(tokenizer);

  it('gives the same ids in the reference', () => {
    expectSameIds(file, tokenizer, manyStrings);
  });

  it('is read back as it was', () => {
    expect(read(file).parts).toEqual(tokenizer.parts);
    expect(writeTokenizerFile(read(file))).toBe(file);
  });
});

describe('byte-pair files of others', () => {
  const file = gpt2File();
  const changed = (pre: object, model: object = {}, more: object = {}) =>
    JSON.stringify({
      ...file,
      ...more,
      pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false, ...pre },
      model: { ...file.model, ...model },
    });
  const added = (content: string, more: object) => ({ id: 901, content, special: true, ...more });

  it.each([
    ['GPT-2’s own', JSON.stringify(file)],
    ['a space before every text', changed({ add_prefix_space: true })],
    ['no cutting into words', changed({ use_regex: false })],
    ['merges as pairs', changed({}, { type: 'BPE', merges: file.model.merges.map((merge) => merge.split(' ')) })],
    ['whole words first', changed({}, { ignore_merges: true, merges: file.model.merges.slice(0, 100) })],
    ['merges in another order', changed({}, { merges: [...file.model.merges].reverse() })],
    [
      'a token that takes the space on its left',
      changed({}, {}, { added_tokens: [added('<mask>', { lstrip: true })] }),
    ],
    [
      'a token that takes the space on its right',
      changed({}, {}, { added_tokens: [added('<mask>', { rstrip: true })] }),
    ],
    ['an added word', changed({}, {}, { added_tokens: [added('Extra', { special: false })] })],
    ['bytes that are unknown', withoutHighBytes(file)],
  ])('%s', (_, text) => {
    expectSameIds(text, read(text));
    expectSameIds(writeTokenizerFile(read(text)), read(text));
  });

  it('without all bytes name the characters they lack', () => {
    const tokenizer = read({
      ...file,
      added_tokens: [],
      model: { ...file.model, vocab: { a: 0, b: 1, ab: 2 }, merges: ['a b'] },
    });
    expect([...tokenizer.encode('abba', 'prompt')]).toEqual([2, 1, 0]);
    expect(() => tokenizer.encode('ab海c', 'prompt')).toThrow('unknown-characters {"characters":"海 c","count":2}');
  });
});

/** As trained without the full alphabet: what is not ASCII is unknown. */
function withoutHighBytes(file: Parsed): string {
  const letters = orderedBytes.filter((byte) => byte < 128).map(byteCharacter);
  const words = ['Ġt', 'he', 'Ġthe'];
  const vocab = Object.fromEntries(['<|endoftext|>', ...letters, ...words].map((piece, id) => [piece, id]));
  const model = { ...file.model, vocab, merges: ['Ġ t', 'h e', 'Ġt he'], unk_token: '<|endoftext|>' };
  return JSON.stringify({ ...file, added_tokens: [], model });
}

describe('WordPiece files of others', () => {
  const normalizer = {
    type: 'BertNormalizer',
    clean_text: true,
    handle_chinese_chars: true,
    strip_accents: null,
    lowercase: true,
  };

  it.each([
    ['BERT’s own', bertFile(normalizer)],
    ['cased', bertFile({ ...normalizer, lowercase: false })],
    ['cased without accents', bertFile({ ...normalizer, lowercase: false, strip_accents: true })],
    ['lower case with accents', bertFile({ ...normalizer, strip_accents: false })],
    ['Chinese words kept whole', bertFile({ ...normalizer, handle_chinese_chars: false })],
    ['text not cleaned', bertFile({ ...normalizer, clean_text: false })],
    ['no normalizer', bertFile(null)],
    ['an added word', { ...bertFile(normalizer), added_tokens: [{ id: 700, content: 'Extra', special: false }] }],
  ])('%s', (_, given) => {
    const text = JSON.stringify(given);
    expectSameIds(text, read(text));
    expectSameIds(writeTokenizerFile(read(text)), read(text));
  });
});

describe('a bad file', () => {
  const good = JSON.stringify(gpt2File());
  const bpe = (model: object, more: object = {}) => ({
    ...gpt2File(),
    ...more,
    model: { ...gpt2File().model, ...model },
  });
  const bert = JSON.stringify(bertFile({ type: 'BertNormalizer', clean_text: true, lowercase: true }));
  const problemOf = (file: unknown) => {
    try {
      read(file);
    } catch (error) {
      if (error instanceof ProblemError) return [error.problem.where, error.problem.code, error.problem.values];
      throw error;
    }
    return undefined;
  };

  it.each([
    ['cut off', good.slice(0, -20), 'JSON'],
    ['empty', '', 'JSON'],
    ['a list', '[]', 'JSON'],
    ['no model', { ...gpt2File(), model: undefined }, 'model'],
    ['no vocabulary', bpe({ vocab: undefined }), 'model.vocab'],
    ['an empty vocabulary', bpe({ vocab: {}, merges: [] }, { added_tokens: [] }), 'model.vocab 0'],
    ['an id that is no number', bpe({ vocab: { a: 'x' } }), 'model.vocab "a"'],
    ['an id twice', bpe({ vocab: { a: 0, b: 0 }, merges: [] }), 'model.vocab 0'],
    ['a gap', bpe({ vocab: { a: 0, b: 2 }, merges: [] }, { added_tokens: [] }), 'model.vocab 1'],
    ['an id beyond all bounds', bpe({ vocab: { a: 4_000_000_000 }, merges: [] }), 'model.vocab "a"'],
    ['a merge of three', bpe({ merges: ['a b c'] }), 'model.merges.0'],
    ['a merge of what is no piece', bpe({ merges: ['! "', 'a qqq'] }), 'model.merges.0'],
    ['merges of numbers', bpe({ merges: [1] }), 'model.merges'],
    ['an added token without content', bpe({}, { added_tokens: [{ id: 5 }] }), 'added_tokens.0.content'],
    ['no unknown token', bert.replace('"unk_token":"[UNK]"', '"unk_token":"[OOPS]"'), 'model.unk_token'],
  ])('%s', (_, file, detail) => {
    expect(problemOf(file)).toEqual(['tokenizer', 'tokenizer-corrupt', { detail }]);
  });

  it('that is no UTF-8', () => {
    expect(() => readTokenizerFile(Uint8Array.of(0x7b, 0xff, 0x7d))).toThrow('tokenizer-corrupt');
  });

  it.each([
    ['Unigram', bpe({ type: 'Unigram', vocab: [['a', -1]] }), 'model Unigram'],
    ['WordLevel', bpe({ type: 'WordLevel' }), 'model WordLevel'],
    ['a normalizer before bytes', bpe({}, { normalizer: { type: 'NFC' } }), 'normalizer NFC'],
    [
      'another way to cut',
      bpe({}, { pre_tokenizer: { type: 'Sequence', pretokenizers: [] } }),
      'pre_tokenizer Sequence',
    ],
    ['SentencePiece', bpe({}, { pre_tokenizer: null }), 'pre_tokenizer null'],
    ['CLIP', bpe({ end_of_word_suffix: '</w>' }), 'model.end_of_word_suffix'],
    ['byte fallback', bpe({ byte_fallback: true }), 'model.byte_fallback'],
    ['dropout', bpe({ dropout: 0.1 }), 'model.dropout'],
    [
      'whole words only',
      bpe({}, { added_tokens: [{ id: 900, content: 'x', single_word: true }] }),
      'added_tokens single_word',
    ],
    ['another way back to text', bpe({}, { decoder: { type: 'Metaspace' } }), 'decoder Metaspace'],
    [
      'BERT with another way back',
      bert.replace('"decoder":{"type":"WordPiece"', '"decoder":{"type":"CTC"'),
      'decoder CTC',
    ],
    ['BERT with other words', bert.replace('BertPreTokenizer', 'Whitespace'), 'pre_tokenizer Whitespace'],
    ['BERT with another normalizer', bert.replace('BertNormalizer', 'Lowercase'), 'normalizer Lowercase'],
  ])('of an unsupported kind: %s', (_, file, feature) => {
    expect(problemOf(file)).toEqual(['tokenizer', 'tokenizer-unsupported', { feature }]);
  });

  it('that is huge', () => {
    const bytes = 32 * 2 ** 20 + 1;
    expect(() => readTokenizerFile(new Uint8Array(bytes))).toThrow(
      `tokenizer-too-large {"bytes":${bytes},"limit":${bytes - 1}}`,
    );
  });

  it('may name pieces like properties of every object', () => {
    const tokenizer = read(
      '{"added_tokens":[],"pre_tokenizer":{"type":"ByteLevel"},"model":{"merges":[],"vocab":{"__proto__":1,"constructor":0}}}',
    );
    expect([0, 1].map((id) => tokenizer.view(id).text)).toEqual(['constructor', '__proto__']);
    expect(pieceOfText(' é')).toBe('ĠÃ©');
  });
});
