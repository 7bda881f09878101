/** Blanks of a prompt: which tokens they are, what is said of them, and prompts that leave nothing to do. */
import { describe, expect, it } from 'vitest';
import { cpuBackend } from '../../testing/backends.ts';
import { loadTiny, planTiny, tinyShape } from '../../testing/tiny-gpt.ts';
import { characters } from '../data/tokenizers/characters.ts';
import { withSpecialTokens } from '../data/tokenizers/special-tokens.ts';
import { buildTokenizer } from '../data/tokenizers/tokenizer.ts';
import { describeVocabulary } from '../objectives/vocabulary.ts';
import { ProblemError } from '../problem.ts';
import { blankPrompt, predictBlanks } from './blanks.ts';

const plain = buildTokenizer(characters, 'abcdefghijklmnopqr');
const tokenizer = withSpecialTokens(plain, ['[MASK]']);
const mask = plain.vocabulary;
const vocabulary = describeVocabulary(tokenizer, mask);
const prompt = (text: string, blanks?: readonly number[]) => blankPrompt(text, blanks, tokenizer, vocabulary);

describe('a prompt', () => {
  it('has a blank for each [MASK] and for each token named, whose truth is kept', () => {
    const { tokens, blanks } = prompt('ab[MASK]cd', [3, 99]);
    expect([...tokens]).toEqual([0, 1, mask, mask, 3]);
    expect([...blanks]).toEqual([
      [2, undefined],
      [3, 2],
    ]);
  });

  it('gets blanks of its own where nobody says which', () => {
    expect([...prompt('abcdefghijklmnop').blanks.keys()]).toEqual([3, 9, 15]);
    expect([...prompt('ab').blanks.keys()]).toEqual([1]);
    expect([...prompt('ab[MASK]').blanks.keys()]).toEqual([2]);
  });

  it.each<[string, string, number[] | undefined]>([
    ['prompt-empty', '', undefined],
    ['prompt-no-blank', 'abc', []],
    ['prompt-only-blanks', '[MASK][MASK]', undefined],
    ['prompt-only-blanks', 'abc', [0, 1, 2]],
    ['prompt-no-blank', 'a', undefined],
    ['unknown-characters', 'a?[MASK]', undefined],
  ])('is refused: %s', (code, text, blanks) => {
    try {
      prompt(text, blanks);
      expect.unreachable();
    } catch (error) {
      expect(error instanceof ProblemError && error.problem).toMatchObject({ where: 'prompt', code });
    }
  });
});

describe('the prediction of blanks', () => {
  const session = () => loadTiny(cpuBackend('f32'), planTiny({ shape: { ...tinyShape, family: 'bert' }, capacity: 8 }));

  it('lists the likeliest tokens of each and the probability of the truth', async () => {
    const { tokens, blanks, dropped, step } = await predictBlanks(
      await session(),
      prompt('ab[MASK]cdef', [5]),
      7,
      tokenizer,
    );
    expect([step, dropped]).toEqual([7, 0]);
    expect(tokens.map(({ text, kind }) => (kind === 'special' ? '_' : text)).join('')).toBe('ab_cd_f');
    expect(blanks.map(({ position }) => position)).toEqual([2, 5]);
    expect(blanks[0].truth).toBeUndefined();
    expect(blanks[1].truth?.token.text).toBe('e');
    for (const { candidates } of blanks) {
      const chances = candidates.map(({ probability }) => probability);
      expect(chances).toEqual([...chances].sort((a, b) => b - a));
    }
    const listed = blanks[1].candidates.find(({ token }) => token.text === 'e');
    if (listed) expect(listed.probability).toBe(blanks[1].truth?.probability);
    expect(blanks[1].truth?.probability).toBeLessThanOrEqual(blanks[1].candidates[0].probability);
  });

  it('depends on what stands right of a blank, and not on how the window is filled up', async () => {
    const loaded = await session();
    const first = async (text: string) =>
      (await predictBlanks(loaded, prompt(text), 0, tokenizer)).blanks[0].candidates;
    expect(await first('ab[MASK]d')).not.toEqual(await first('ab[MASK]e'));
    // Id 0 fills the window: a prompt that goes on with it is another prompt.
    expect(await first('ab[MASK]d')).not.toEqual(await first('ab[MASK]da'));
  });

  it('cuts a long prompt from the left, but never every blank', async () => {
    const loaded = await session();
    const long = await predictBlanks(loaded, prompt('abcdefghijklmno', [14]), 0, tokenizer);
    expect([long.dropped, long.tokens.length, long.blanks[0].position]).toEqual([3, 12, 11]);
    const early = await predictBlanks(loaded, prompt('abcdefghijklmnopqr', [1]), 0, tokenizer);
    expect([early.dropped, early.blanks[0].position]).toEqual([0, 1]);
  });
});
