/** Text to batches: tokenizers round-trip, baselines are right, windows stay in their part, corpora make sense. */
import { describe, expect, it } from 'vitest';
import { ProblemError } from '../problem.ts';
import { measureBaselines } from './baselines.ts';
import type { GeneratedCorpus } from './corpora/corpus.ts';
import { corpora } from './corpora/index.ts';
import { splitDataset } from './dataset.ts';
import { generateText, loadCorpus } from './load-corpus.ts';
import { hash, RandomSequence } from './random.ts';
import { randomStarts, spreadStarts } from './sampler.ts';
import { excerptOf, streamOf, uniformLineEnds, utf8Length } from './text.ts';
import { bytes } from './tokenizers/bytes.ts';
import { characters } from './tokenizers/characters.ts';
import { tokenizers } from './tokenizers/index.ts';
import { buildTokenizer } from './tokenizers/tokenizer.ts';

/** Strings of every kind: ASCII, Chinese, emoji with joiners, combining marks, controls, lone surrogates. */
function fuzzedText(seed: number): string {
  const random = new RandomSequence(seed, 0);
  const pieces = [
    'a',
    'Zebra ',
    '今天天气真好',
    '👩‍🚀',
    'e\u0301',
    '\n',
    '\t',
    '\u0000',
    '\ud800',
    '\udc00',
    '\uffff',
    '𝒳',
    '�',
    'ß',
  ];
  return Array.from({ length: 40 }, () => random.pick(pieces)).join('');
}

function codeOf(call: () => unknown): string | undefined {
  try {
    call();
    return undefined;
  } catch (error) {
    if (error instanceof ProblemError) return error.problem.code;
    throw error;
  }
}

/** WordPiece keeps neither case nor white space, and has tests of its own. */
const exact = tokenizers.filter(({ id }) => id !== 'word-piece');

describe.each(exact)('tokenizer $id', (spec) => {
  it('round-trips any string', () => {
    for (let seed = 0; seed < 200; seed++) {
      const text = fuzzedText(seed);
      const tokenizer = buildTokenizer(spec, text);
      const ids = tokenizer.encode(text, 'corpus');
      expect(tokenizer.decode(ids)).toBe(text);
      for (const id of ids) expect(id >= 0 && id < tokenizer.vocabulary).toBe(true);
    }
  });

  it('shows every token as something that can be read', () => {
    const tokenizer = buildTokenizer(spec, 'aé今');
    for (let id = 0; id < tokenizer.vocabulary; id++) {
      const view = tokenizer.view(id);
      expect(view.id).toBe(id);
      expect(view.text).not.toBe('');
      expect(view.text).not.toContain('�');
    }
  });
});

describe('characters', () => {
  it('are code points in their order', () => {
    const tokenizer = buildTokenizer(characters, 'ba😀b');
    expect(tokenizer.vocabulary).toBe(3);
    expect([...tokenizer.encode('ab😀', 'prompt')]).toEqual([0, 1, 2]);
  });

  it('that the corpus lacks are named', () => {
    const tokenizer = buildTokenizer(characters, 'abc');
    try {
      tokenizer.encode('a?b!', 'prompt');
      expect.unreachable();
    } catch (error) {
      expect(error instanceof ProblemError && error.problem).toEqual({
        where: 'prompt',
        code: 'unknown-characters',
        values: { characters: '? !', count: 2 },
      });
    }
  });
});

describe('bytes', () => {
  const tokenizer = buildTokenizer(bytes, '');

  it('equal the platform encoder on well-formed text', () => {
    for (const text of ['abc', 'é今😀', '\u07ff\u0800\uffff']) {
      expect([...tokenizer.encode(text, 'corpus')]).toEqual([...new TextEncoder().encode(text)]);
    }
  });

  it('that form no character are shown by their value', () => {
    expect(tokenizer.view(0xe4)).toEqual({ id: 0xe4, text: '<E4>', kind: 'byte' });
    expect(tokenizer.decode([0xe4, 0xbb])).toBe('<E4><BB>');
    expect(tokenizer.decode([0x61, 0xff, 0xe4, 0xbb, 0x8a])).toBe('a<FF>今');
    expect(tokenizer.decode([0xc0, 0x80])).toBe('<C0><80>');
  });
});

describe('the dataset', () => {
  it('holds out the end of the text', () => {
    const { training, validation } = splitDataset(
      Int32Array.from({ length: 1000 }, (_, i) => i % 7),
      9,
    );
    expect([training.length, validation.length]).toEqual([900, 100]);
    expect(
      splitDataset(
        Int32Array.from({ length: 40 }, (_, i) => i % 7),
        20,
      ).validation.length,
    ).toBe(20);
  });

  it('refuses what cannot be trained on', () => {
    expect(codeOf(() => splitDataset(new Int32Array(0), 5))).toBe('corpus-empty');
    expect(codeOf(() => splitDataset(new Int32Array(50), 5))).toBe('corpus-single-token');
    expect(codeOf(() => splitDataset(Int32Array.of(0, 1, 0, 1, 0, 1, 0, 1, 0), 5))).toBe('corpus-too-short');
  });

  it('measures baselines as by hand', async () => {
    const dataset = { training: Int32Array.of(0, 1, 0, 1, 0, 0), validation: Int32Array.of(0, 1) };
    const { uniform, unigram, bigram } = await measureBaselines(dataset, 2);
    expect(uniform).toBeCloseTo(Math.log(2), 12);
    expect(unigram).toBeCloseTo(-Math.log((2 + 1) / (6 + 2)), 12);
    // After 0 came 1 twice and 0 once: two followers, three pairs.
    expect(bigram).toBeCloseTo(-Math.log((2 + 2 * (3 / 8)) / (3 + 2)), 12);
  });

  it('knows more from pairs than from single tokens', async () => {
    const diary = corpora.find(({ id }) => id === 'chinese-diary');
    if (diary?.kind !== 'generated') throw new Error('no diary');
    const text = generateText(diary);
    const tokenizer = buildTokenizer(characters, text);
    const dataset = splitDataset(tokenizer.encode(text, 'corpus'), 65);
    const { uniform, unigram, bigram } = await measureBaselines(dataset, tokenizer.vocabulary);
    expect(unigram).toBeLessThan(uniform);
    expect(bigram).toBeLessThan(unigram / 2);
  });
});

describe('windows', () => {
  it('fit into the text, repeat with the seed, and reach its ends', () => {
    const draw = (seed: number) => {
      const starts = new Int32Array(4000);
      randomStarts(starts, 50, 20, new RandomSequence(seed, 1));
      return starts;
    };
    const starts = draw(5);
    expect(draw(5)).toEqual(starts);
    expect(draw(6)).not.toEqual(starts);
    expect([Math.min(...starts), Math.max(...starts)]).toEqual([0, 30]);
    expect([...spreadStarts(3, 50, 20)]).toEqual([0, 15, 30]);
    expect([...spreadStarts(1, 50, 50)]).toEqual([0]);
  });
});

describe('random numbers', () => {
  it('are uniform, independent of each other, and normal where asked', () => {
    const random = new RandomSequence(3, 4);
    const counts = new Array<number>(10).fill(0);
    let sum = 0;
    let squares = 0;
    const draws = 100_000;
    for (let i = 0; i < draws; i++) {
      counts[random.integer(10)] += 1;
      const value = random.normal();
      sum += value;
      squares += value * value;
    }
    for (const count of counts) expect(Math.abs(count - draws / 10)).toBeLessThan(4 * Math.sqrt(draws * 0.09));
    expect(Math.abs(sum / draws)).toBeLessThan(4 / Math.sqrt(draws));
    expect(Math.abs(squares / draws - 1)).toBeLessThan(4 * Math.sqrt(2 / draws));
  });

  it('depend on seed, stream and index', () => {
    const seen = new Set<number>();
    for (let seed = 0; seed < 10; seed++) {
      for (let stream = 0; stream < 10; stream++)
        for (let index = 0; index < 10; index++) seen.add(hash(seed, stream, index));
    }
    expect(seen.size).toBe(1000);
  });
});

describe('corpora', () => {
  const generated = corpora.filter((corpus): corpus is GeneratedCorpus => corpus.kind === 'generated');
  const linesOf = (id: string) => {
    const corpus = generated.find((each) => each.id === id);
    if (!corpus) throw new Error(`no ${id}`);
    return generateText(corpus).trim().split('\n');
  };

  it('are the same every time', () => {
    for (const { id } of generated) expect(linesOf(id)).toEqual(linesOf(id));
  });

  it('compute right', () => {
    for (const line of linesOf('arithmetic')) {
      const [, a, sign, b, result] = /^(\d+)([+-])(\d+)=(\d+)$/.exec(line) ?? [];
      expect(sign === '+' ? Number(a) + Number(b) : Number(a) - Number(b), line).toBe(Number(result));
    }
    for (const line of linesOf('sorting')) {
      const [letters, sorted] = line.split('>');
      expect([...letters].sort().join(''), line).toBe(sorted);
    }
  });

  it('close every bracket in the right order', () => {
    for (const line of linesOf('brackets')) {
      let left = line;
      while (/\(\)|\[\]|\{\}/.test(left)) left = left.replaceAll(/\(\)|\[\]|\{\}/g, '');
      expect(left, line).toBe('');
    }
  });

  it('write a diary in whole sentences', () => {
    const lines = linesOf('chinese-diary');
    expect(new Set(lines).size).toBeGreaterThan(1000);
    for (const line of lines) expect(line).toMatch(/^今天[^，]+，我和.+。$/);
  });

  it('come with a prompt that their characters can express', () => {
    for (const corpus of generated) {
      const text = generateText(corpus);
      expect(
        codeOf(() => buildTokenizer(characters, text).encode(corpus.prompt, 'prompt')),
        corpus.id,
      ).toBeUndefined();
    }
  });

  it('say so when their file is missing', async () => {
    const text = corpora.find(({ kind }) => kind === 'text');
    if (!text) throw new Error('no text corpus');
    await expect(loadCorpus(text, async () => undefined)).rejects.toThrow('corpus-unavailable');
  });
});

it('text from outside is made uniform', async () => {
  const pieces: string[] = [];
  for await (const { text } of streamOf('\uFEFFa\r\nb\rc\n').pieces()) pieces.push(text);
  expect(pieces).toEqual(['a\nb\nc\n']);
  expect(uniformLineEnds('a\r\rb')).toBe('a\n\nb');
  for (const text of ['abc', 'é今😀', '\u07ff\u0800\uffff']) {
    expect(utf8Length(text)).toBe(new TextEncoder().encode(text).length);
  }
  expect(excerptOf('\n\none\n\ntwo\nthree\nfour\nfive')).toBe('one\ntwo\nthree\nfour');
});
