/** Texts in pieces become the same tokens as whole ones, and 200 MB of them keep within the stated memory. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { generatedFile } from '../../testing/generated-file.ts';
import { ownSource } from '../../testing/own-source.ts';
import { measureBaselines } from './baselines.ts';
import { splitDataset } from './dataset.ts';
import { encodeText } from './encode-text.ts';
import { Cancelled, Pace, silentPace } from './pace.ts';
import { createPairCounts } from './pair-counts.ts';
import { largestFileBytes, openSource } from './sources/source.ts';
import type { TextStream } from './text.ts';
import { streamOf } from './text.ts';
import { TokenList } from './token-list.ts';
import { bytes } from './tokenizers/bytes.ts';
import { characters } from './tokenizers/characters.ts';
import { tokenizers } from './tokenizers/index.ts';
import { buildTokenizer, type TokenizerSpec } from './tokenizers/tokenizer.ts';

describe.each(tokenizers)('pieces for $id', (spec) => {
  // As many as each finds in the text, which decides how many ids there can be.
  const vocabulary = spec.id === 'word-piece' ? 19 : 270;
  it('give the tokens of the whole text', async () => {
    const text = '今天天气真好 😀 e\u0301 abc\n'.repeat(40_000);
    const { tokenizer, tokens, ...measures } = await encodeText(streamOf(text), spec, silentPace, vocabulary);
    const whole = buildTokenizer(spec, text, vocabulary);
    expect(tokenizer.vocabulary).toBe(whole.vocabulary);
    // Compared as a whole: an assertion per element would take minutes.
    expect(
      Buffer.compare(
        Buffer.from(Int32Array.from(tokens).buffer),
        Buffer.from(whole.encode(text, 'corpus').slice().buffer),
      ),
    ).toBe(0);
    expect(measures).toMatchObject({ characters: text.length, bytes: new TextEncoder().encode(text).length });
  });
});

it('a tokenizer that reads on past a piece gets the rest of it with the next', async () => {
  const base = buildTokenizer(bytes, '');
  const seen: string[] = [];
  const words: TokenizerSpec = {
    ...bytes,
    begin: () => ({
      add: () => {},
      build: () => ({
        vocabulary: 256,
        cut: (text) => text.lastIndexOf(' ') + 1,
        encode: (text, where) => {
          seen.push(text);
          return base.encode(text, where);
        },
        decode: (ids) => base.decode(ids),
        view: (id) => base.view(id),
      }),
    }),
  };
  const pieces = ['a lo', 'ng wo', 'rd'];
  const stream: TextStream = {
    total: 3,
    async *pieces() {
      for (const [index, text] of pieces.entries()) yield { text, done: index + 1 };
    },
  };
  const { tokens } = await encodeText(stream, words, silentPace);
  expect(base.decode(tokens)).toBe('a long word');
  expect(seen.filter((text) => text !== '')).toEqual(['a ', 'long ', 'word']);
});

describe('a list of tokens', () => {
  it('takes the fewest bytes its vocabulary allows, and keeps every one', () => {
    for (const [vocabulary, elementBytes] of [
      [256, 1],
      [257, 2],
      [65_536, 2],
      [65_537, 4],
    ]) {
      const list = new TokenList(vocabulary);
      const ids = Int32Array.of(0, vocabulary - 1, 7);
      for (let part = 1; part <= 10; part++) list.append(ids, part / 10);
      const tokens = list.finish();
      expect(tokens.BYTES_PER_ELEMENT).toBe(elementBytes);
      expect([...tokens]).toEqual(Array.from({ length: 10 }, () => [...ids]).flat());
    }
  });

  it('is made once where the text is alike, and never half as large again as it must be', () => {
    const steady = new TokenList(256);
    for (let part = 1; part <= 100; part++) steady.append(new Int32Array(1000), part / 100);
    expect(steady.finish().buffer.byteLength).toBe(102_000);
    const changing = new TokenList(256);
    for (let part = 1; part <= 100; part++) changing.append(new Int32Array(part * 100), part / 100);
    const { buffer, length } = changing.finish();
    expect(buffer.byteLength).toBeLessThan(length * 1.5);
  });
});

describe('pairs', () => {
  it('are counted alike in a table and in a hash table', () => {
    const table = createPairCounts(4096);
    const hash = createPairCounts(4097);
    for (let i = 0; i < 200_000; i++) {
      const [before, token] = [(i * i * 31) % 4093, (i * 7919) % 641];
      if (hash.add(before, token) !== table.add(before, token)) expect.fail(`${before} ${token}`);
    }
    for (let i = 0; i < 4000; i++) expect(hash.get(i, i % 641)).toBe(table.get(i, i % 641));
  });

  it('of large vocabularies are told apart', () => {
    const hash = createPairCounts(1_100_000);
    const range = Array.from({ length: 50_000 }, (_, i) => i);
    expect(range.filter((i) => hash.add(i, 1_099_999 - i) !== 0)).toEqual([]);
    expect(range.filter((i) => hash.get(i, 1_099_999 - i) !== 1)).toEqual([]);
  });

  it('without room are turned away, those seen before are not', () => {
    const hash = createPairCounts(5000, 1 << 14);
    const room = (1 << 14) * 0.75;
    for (let i = 0; i < room; i++) if (hash.add(i % 5000, i) !== 0) expect.fail(`${i}`);
    expect(hash.add(4999, 4999 * 3)).toBe(-1);
    expect(hash.add(7, 7)).toBe(1);
  });
});

describe('long work', () => {
  it('tells how far it is and stops when it is told to, between any two pieces', async () => {
    const stop = new AbortController();
    const reports: [string, number, number][] = [];
    const file = generatedFile('some words to read. ', 64 << 20);
    const pace = new Pace((task, done, total) => {
      reports.push([task, done, total]);
      if (task === 'tokenize') stop.abort(new Cancelled('user'));
    }, stop.signal);
    await expect(encodeText(openSource(ownSource(file)), slowed, pace)).rejects.toThrow(Cancelled);
    expect(reports.map(([task]) => task)).toContain('corpus');
    expect(reports.at(-1)?.[0]).toBe('tokenize');
    for (const [, done, total] of reports) expect([done <= total, total]).toEqual([true, 64 << 20]);
  });

  it('lets other work in', async () => {
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    });
    await encodeText(openSource(ownSource(generatedFile('some words. ', 32 << 20))), slowed, silentPace);
    clearInterval(timer);
    expect(turns).toBeGreaterThan(2);
  });
});

/** Characters, with so much work for each piece that reports are due. */
const slowed: TokenizerSpec = {
  ...characters,
  begin: () => {
    const builder = characters.begin();
    const linger = () => {
      const endMs = performance.now() + 20;
      while (performance.now() < endMs);
    };
    return {
      add: (piece) => {
        linger();
        builder.add(piece);
      },
      build: () => {
        const tokenizer = builder.build();
        const encode: typeof tokenizer.encode = (text, where) => {
          linger();
          return tokenizer.encode(text, where);
        };
        return {
          vocabulary: tokenizer.vocabulary,
          encode,
          decode: (ids) => tokenizer.decode(ids),
          view: (id) => tokenizer.view(id),
        };
      },
    };
  },
};

describe('200 MB', () => {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');

  /** Memory in use that no collection can free: the JavaScript heap, and buffers outside it. */
  function heldBytes(): number {
    // Buffers that the first collection finds dead are given back, at the latest, by the second.
    collect();
    collect();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  }

  /** Peak of the memory held beyond what was held before, from the first piece to the baselines. */
  async function encodeHeld(name: string, sample: string) {
    const size = Math.floor(largestFileBytes / sample.length) * sample.length;
    // What earlier tests left is freed a turn later.
    heldBytes();
    await new Promise((resolve) => setTimeout(resolve, 50));
    const before = heldBytes();
    let [reads, peak] = [0, 0];
    const measure = () => {
      peak = Math.max(peak, heldBytes() - before);
    };
    // At every sixteenth piece: a collection takes longer than a piece.
    const file = generatedFile(sample, size, () => {
      reads += 1;
      if (reads % 16 === 0) measure();
    });
    const source = ownSource(file, { name, field: 'text' });
    const { tokens, tokenizer } = await encodeText(openSource(source), characters, silentPace);
    measure();
    await measureBaselines(splitDataset(tokens, 65), tokenizer.vocabulary, new Pace(measure));
    return { peak, tokens: tokens.length, tokenBytes: tokens.byteLength };
  }

  it.each([
    ['plain text', 'a.txt', 'It was the best of times, it was the worst of times. ', 199e6],
    ['JSON Lines', 'a.jsonl', '{"id":"1","text":"It was the best of times, it was the worst of times."}\n', 145e6],
  ])('of %s are held as their tokens and little more', async (_, name, sample, expected) => {
    const { peak, tokens, tokenBytes } = await encodeHeld(name, sample);
    expect(tokens).toBeGreaterThan(expected);
    expect(tokenBytes).toBe(tokens);
    const fixedBytes = 24e6;
    // It sees the tokens at all.
    expect(peak).toBeGreaterThan(tokens * 0.95);
    expect(peak).toBeLessThan(tokens * 1.02 + fixedBytes);
  });
});
