/** Byte-pair encoding: what it learns, what it makes of any text, and that it says so when a text is too short. */
import { describe, expect, it } from 'vitest';
import { fuzzedText } from '../../../testing/fuzzed-text.ts';
import { inParts, mixedText, shells, trainOn } from '../../../testing/tokenizer-training.ts';
import { ProblemError } from '../../problem.ts';
import { RandomSequence } from '../random.ts';
import { forEachWord } from './byte-level.ts';
import { BytePairBuilder } from './byte-pair.ts';

/** What Hugging Face's trainer (tokenizers 0.23, BpeTrainer, min_frequency 2) learns from the same text, in its order. */
const shellMerges =
  "Ġ s|a a|h e|l l|Ġs e|Ġ t|ll s|Ġse a|Ġt he|Ġs he|0 2|2 02|r e|µ ·|æ µ·|Ġ aa|Ġ 202|Ġshe lls|' s|¹ ç|¾ ¹ç|è ¾¹ç|ļ Ħ|Ġse lls|æµ· è¾¹ç|Ġaa aa|æµ·è¾¹ç ļĦ".split(
    '|',
  );

const train = (text: string, vocabulary: number) => trainOn(new BytePairBuilder(vocabulary), text);
const mixed = mixedText('');

describe('training', () => {
  it('learns the merges of the reference in their order', () => {
    const { merges, pieces } = train(shells, 256 + shellMerges.length).parts;
    expect(merges.map(({ left, right }) => `${pieces[left]} ${pieces[right]}`)).toEqual(shellMerges);
  });

  it('starts from the bytes in GPT-2’s order', () => {
    const { pieces } = train('', 256).parts;
    expect([pieces[0], pieces[93], pieces[94], pieces[188], pieces[220]]).toEqual(['!', '~', '¡', 'Ā', 'Ġ']);
  });

  it('names what a short text has to offer', () => {
    const wanted = 256 + shellMerges.length + 1;
    const problem = {
      where: 'corpus',
      code: 'vocabulary-too-large',
      values: { vocabulary: wanted, possible: wanted - 1 },
    };
    expect(() => train(shells, wanted)).toThrow(new ProblemError(problem as ProblemError['problem']));
  });

  it('learns the same from any parts of the text', () => {
    const fromParts = trainOn(new BytePairBuilder(500), ...inParts(mixed));
    expect(fromParts.parts).toEqual(train(mixed, 500).parts);
  });

  it('gets through a text without any word’s end', () => {
    const random = new RandomSequence(6, 0);
    const strand = Array.from({ length: 300_000 }, () => random.pick([...'acgt'])).join('');
    const tokenizer = train(strand, 300);
    const ids = tokenizer.encode(strand, 'corpus');
    expect(tokenizer.decode(ids)).toBe(strand);
    expect(ids.length).toBeLessThan(strand.length / 2);
  });

  it('tells how far it is', () => {
    const builder = new BytePairBuilder(600);
    builder.add(mixed);
    const shares = [...builder.learn()];
    expect(shares.length).toBeGreaterThan(300);
    expect(shares.every((share, index) => share >= (shares[index - 1] ?? 0))).toBe(true);
    expect(shares.at(-1)).toBe(1);
  });
});

describe('words', () => {
  it.each([
    ["I'll say it's  two\n\n lines", ['I', "'ll", ' say', ' it', "'s", ' ', ' two', '\n\n', ' lines']],
    ['2024年，好 𝒳!', ['2024', '年', '，', '好', ' 𝒳', '!']],
  ])('of %j', (text, words) => {
    const found: string[] = [];
    forEachWord(text, (word) => found.push(word));
    expect(found).toEqual(words);
  });
});

describe('tokens', () => {
  const tokenizer = train(mixed, 700);

  it('come back as the text they were, lone surrogates too', () => {
    for (let seed = 0; seed < 2000; seed++) {
      const text = fuzzedText(seed, ['\ud800', '\udc00', 'a\udfffb']);
      expect(tokenizer.decode(tokenizer.encode(text, 'corpus'))).toBe(text);
    }
  });

  it('are the same where a text goes on after a cut', () => {
    for (let seed = 0; seed < 2000; seed++) {
      const [start, end] = [fuzzedText(seed), fuzzedText(seed + 2000)];
      const cut = tokenizer.cut(start);
      const inParts = [
        ...tokenizer.encode(start.slice(0, cut), 'corpus'),
        ...tokenizer.encode(start.slice(cut) + end, 'corpus'),
      ];
      expect(inParts).toEqual([...tokenizer.encode(start + end, 'corpus')]);
    }
    expect(tokenizer.cut('word'.repeat(20_000))).toBeGreaterThan(0);
  });

  it('are shown in full, parts of a character by their bytes', () => {
    const views = Array.from({ length: tokenizer.vocabulary }, (_, id) => tokenizer.view(id));
    for (const { id, text, kind } of views) {
      expect(text).not.toBe('');
      if (kind === 'byte') expect(text).toMatch(/<[0-9A-F]{2}>/);
      else expect(tokenizer.decode([id])).toBe(text);
    }
    expect(views.filter(({ kind }) => kind === 'byte').length).toBeGreaterThan(128);
    const [first] = train('', 256).encode('海', 'prompt');
    expect(tokenizer.view(first)).toEqual({ id: first, text: '<E6>', kind: 'byte' });
  });
});
