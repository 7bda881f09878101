/** Masking: the shares that were asked for, the same for the same seed, and settings that nothing can be learned from. */
import { describe, expect, it } from 'vitest';
import type { MaskingConfiguration } from '../../contract/configuration.ts';
import { integers } from '../../testing/numbers.ts';
import { RandomSequence } from '../data/random.ts';
import { bytes } from '../data/tokenizers/bytes.ts';
import { characters } from '../data/tokenizers/characters.ts';
import { withSpecialTokens } from '../data/tokenizers/special-tokens.ts';
import { buildTokenizer } from '../data/tokenizers/tokenizer.ts';
import { wordPiece } from '../data/tokenizers/word-piece-training.ts';
import { ProblemError } from '../problem.ts';
import { drawPositions, maskedToken, maskText } from './masked-token.ts';
import { maskingUnits } from './masking-units/index.ts';
import { type Batch, createBatch } from './objective.ts';
import { describeVocabulary } from './vocabulary.ts';

const tokenizer = buildTokenizer(characters, 'abcdefghijklmnopqrstuvwxyz ,.’今天');
const ordinary = tokenizer.vocabulary;
const vocabulary = describeVocabulary(withSpecialTokens(tokenizer, [maskText]), ordinary);
const bertMasking: MaskingConfiguration = { rate: 0.15, maskShare: 0.8, randomShare: 0.1, unit: 'token' };
const shape = { batch: 16, context: 128 };

/** A batch over random text, and the text before masking. */
function maskedBatch(masking: MaskingConfiguration, step: number, text = integers(4096, ordinary, 3)) {
  const target = createBatch(shape, maskedToken.capacity(shape, masking));
  const starts = integers(shape.batch, text.length - shape.context, step);
  const random = new RandomSequence(9, step);
  maskedToken.fill(target, { ...shape, tokens: text, starts }, 1, random, { masking, vocabulary });
  const original = Int32Array.from(target.tokens, (_, i) => text[starts[Math.floor(i / 128)] + (i % 128)]);
  return { target, original };
}

function chosenOf({ chosen, targets }: Batch): { position: number; label: number }[] {
  if (!chosen) throw new Error('nothing is chosen');
  return [...chosen.positions].flatMap((position, slot) => (position < 0 ? [] : [{ position, label: targets[slot] }]));
}

function within3Sigma(hits: number, of: number, rate: number): void {
  expect(Math.abs(hits - of * rate)).toBeLessThan(3 * Math.sqrt(of * rate * (1 - rate)));
}

describe('BERT masking', () => {
  it('hits the asked shares within 3 sigma over a million positions', () => {
    const batches = Math.ceil(1e6 / (shape.batch * shape.context));
    const counts = { chosen: 0, masked: 0, kept: 0, replaced: 0 };
    const drawn = new Float64Array(ordinary);
    for (let step = 0; step < batches; step++) {
      const { target, original } = maskedBatch(bertMasking, step);
      for (const { position } of chosenOf(target)) {
        const now = target.tokens[position];
        counts.chosen += 1;
        if (now === vocabulary.mask) counts.masked += 1;
        else if (now === original[position]) counts.kept += 1;
        else {
          counts.replaced += 1;
          drawn[now] += 1;
        }
      }
    }
    within3Sigma(counts.chosen, batches * shape.batch * shape.context, 0.15);
    within3Sigma(counts.masked, counts.chosen, 0.8);
    // A random token is the old one once in `ordinary` times.
    within3Sigma(counts.replaced, counts.chosen, 0.1 * (1 - 1 / ordinary));
    within3Sigma(counts.kept, counts.chosen, 0.1 + 0.1 / ordinary);
    for (const count of drawn)
      expect(Math.abs(count - counts.replaced / ordinary)).toBeLessThan(5 * Math.sqrt(counts.replaced / ordinary));
  });

  it('is the same for the same seed and step, and another one at the next step', () => {
    expect(maskedBatch(bertMasking, 4)).toEqual(maskedBatch(bertMasking, 4));
    const [one, other] = [maskedBatch(bertMasking, 4).target, maskedBatch(bertMasking, 5).target];
    expect(one.chosen).not.toEqual(other.chosen);
  });

  it('labels the chosen positions with what stood there, leaves the others alone, and weighs them to one', () => {
    const { target, original } = maskedBatch(bertMasking, 1);
    const chosen = chosenOf(target);
    for (const { position, label } of chosen) expect(label).toBe(original[position]);
    const positions = new Set(chosen.map(({ position }) => position));
    expect(positions.size).toBe(chosen.length);
    target.tokens.forEach((token, position) => {
      if (!positions.has(position)) expect(token).toBe(original[position]);
    });
    target.chosen?.slots.forEach((slot, position) => {
      expect(slot >= 0 ? target.chosen?.positions[slot] : -1).toBe(slot >= 0 ? position : -1);
      expect(slot >= 0).toBe(positions.has(position));
    });
    expect(target.weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 5);
    target.targets.forEach((label, slot) => expect(target.weights[slot] > 0).toBe(label >= 0));
  });
});

describe.each(maskingUnits)('the unit $id', ({ id }) => {
  for (const rate of [0.05, 0.15, 0.6]) {
    it(`covers the share asked for on average (${rate})`, () => {
      const masking = { ...bertMasking, unit: id, rate };
      const counts: number[] = [];
      for (let step = 0; step < 500; step++) {
        const { original } = maskedBatch(bertMasking, step);
        const settings = { masking, vocabulary };
        counts.push(drawPositions(original, shape, 1e9, new RandomSequence(2, step), settings).length);
      }
      const size = shape.batch * shape.context;
      const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
      const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / (counts.length - 1);
      expect(Math.abs(mean - rate * size)).toBeLessThan(3 * Math.sqrt(variance / counts.length));
      const capacity = maskedToken.capacity(shape, masking) ?? 0;
      expect(counts.filter((count) => count > capacity).length).toBeLessThanOrEqual(1);
    });
  }
});

it('whole words go together, and a Han character is one', () => {
  const text = tokenizer.encode('the cat’s hat, 今天 sat. '.repeat(6), 'corpus').slice(0, 128);
  const masking = { ...bertMasking, unit: 'word', rate: 0.5 };
  const drawn = drawPositions(text, { batch: 1, context: 128 }, 128, new RandomSequence(1, 1), { masking, vocabulary });
  const chosen = Array.from(text, (_, i) => drawn.includes(i));
  const spelled = tokenizer.decode(text);
  const pairs = [...chosen.keys()].slice(1);
  const isLetter = (character: string) => /[a-z’]/.test(character);
  for (const i of pairs) if (isLetter(spelled[i - 1]) && isLetter(spelled[i])) expect(chosen[i]).toBe(chosen[i - 1]);
  expect(pairs.some((i) => spelled[i] === '天' && chosen[i] !== chosen[i - 1])).toBe(true);
});

it('the bytes of one character go together', () => {
  const plain = buildTokenizer(bytes, '');
  const { continuesWord } = describeVocabulary(plain, undefined);
  const [lead, second, third, next] = plain.encode('今天', 'corpus').slice(0, 4);
  expect([continuesWord(lead, second), continuesWord(second, third), continuesWord(third, next)]).toEqual([
    true,
    true,
    false,
  ]);
  expect(continuesWord(third, 'a'.charCodeAt(0))).toBe(false);
});

describe('a vocabulary with special tokens of its own', () => {
  const text = 'the whale sang to the whales, and the whales sang. '.repeat(30);
  const own = withSpecialTokens(buildTokenizer(wordPiece, text, 40), [maskText]);
  const described = describeVocabulary(own, own.specialIds?.get(maskText));

  it('is masked with its own [MASK], and none of them is predicted or drawn at random', () => {
    expect(own.vocabulary).toBe(40);
    expect(own.view(described.mask ?? -1)).toMatchObject({ text: maskText, kind: 'special' });
    // The Greek word is [UNK].
    const tokens = own.encode(`λόγος ${text}`, 'corpus').slice(0, 64);
    const unknown = own.specialIds?.get('[UNK]');
    expect(tokens[0]).toBe(unknown);
    const small = { batch: 1, context: 64 };
    const masking = { ...bertMasking, rate: 0.9, maskShare: 0.1, randomShare: 0.9 };
    for (let step = 0; step < 20; step++) {
      const target = createBatch(small, maskedToken.capacity(small, masking));
      const windows = { ...small, tokens, starts: Int32Array.of(0) };
      maskedToken.fill(target, windows, 1, new RandomSequence(3, step), { masking, vocabulary: described });
      expect(chosenOf(target).map(({ position }) => position)).not.toContain(0);
      const read = new Set(target.tokens);
      for (const [name, id] of own.specialIds ?? [])
        expect([name, read.has(id)]).toEqual([name, id === unknown || id === described.mask]);
    }
  });

  it('says itself which pieces go on with a word', () => {
    const [first, second] = own.encode('wg', 'prompt');
    expect([own.view(first).text, own.view(second).text]).toEqual(['w', '##g']);
    expect([described.continuesWord(first, second), described.continuesWord(second, first)]).toEqual([true, false]);
  });
});

describe('masking that nothing can be learned from is a problem', () => {
  const codeOf = (call: () => unknown) => {
    try {
      call();
    } catch (error) {
      if (error instanceof ProblemError) return error.problem.code;
      throw error;
    }
    return 'none';
  };
  const capacity = (change: Partial<MaskingConfiguration>) => () =>
    maskedToken.capacity(shape, { ...bertMasking, ...change });

  it.each<[string, Partial<MaskingConfiguration>]>([
    ['mask-rate-none', { rate: 0 }],
    ['mask-rate-all', { rate: 1 }],
    ['setting-out-of-range', { rate: Number.NaN }],
    ['setting-out-of-range', { maskShare: -0.1 }],
    ['mask-shares', { maskShare: 0.8, randomShare: 0.3 }],
    ['none', { maskShare: 0.9, randomShare: 0.1 }],
  ])('%s', (code, change) => expect(codeOf(capacity(change))).toBe(code));

  it('nothing-to-mask, where no token is text', () => {
    const specials = new Int32Array(4096).fill(ordinary);
    expect(codeOf(() => maskedBatch(bertMasking, 1, specials))).toBe('nothing-to-mask');
  });

  it('but a rate so small that a batch draws nothing still predicts one token', () => {
    const small = { batch: 1, context: 8 };
    const target = createBatch(small, maskedToken.capacity(small, { ...bertMasking, rate: 0.01 }));
    const windows = { ...small, tokens: integers(8, ordinary, 1), starts: Int32Array.of(0) };
    maskedToken.fill(target, windows, 1, new RandomSequence(1, 2), {
      masking: { ...bertMasking, rate: 0.01 },
      vocabulary,
    });
    expect(chosenOf(target).length).toBe(1);
  });

  it('and more blanks than slots are cut at random, not crashed on', () => {
    const settings = { masking: { ...bertMasking, rate: 0.9 }, vocabulary };
    const kept = drawPositions(integers(2048, ordinary, 1), shape, 20, new RandomSequence(1, 1), settings);
    expect(kept.length).toBe(20);
    expect([...kept].some((position) => position > 1024)).toBe(true);
    expect([...kept]).toEqual([...kept].sort((a, b) => a - b));
  });
});
