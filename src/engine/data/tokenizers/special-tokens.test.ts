/** Special tokens: ids of text stay as they are, text never becomes one, and decoding names them. */
import { expect, it } from 'vitest';
import { bytes } from './bytes.ts';
import { characters } from './characters.ts';
import { withSpecialTokens } from './special-tokens.ts';
import { buildTokenizer } from './tokenizer.ts';
import { wordPiece } from './word-piece-training.ts';

it('follow the ids of text, which stay as they are', () => {
  const plain = buildTokenizer(characters, '[MASK] abc');
  const tokenizer = withSpecialTokens(plain, ['[MASK]']);
  expect(tokenizer.vocabulary).toBe(plain.vocabulary + 1);
  const ids = tokenizer.encode('a[MASK]b', 'prompt');
  expect(ids).toEqual(plain.encode('a[MASK]b', 'prompt'));
  expect(tokenizer.view(plain.vocabulary)).toEqual({ id: plain.vocabulary, text: '[MASK]', kind: 'special' });
  expect(tokenizer.view(0)).toEqual(plain.view(0));
  expect(withSpecialTokens(plain, [])).toBe(plain);
});

it('are written by name, and characters of several bytes around them survive', () => {
  const tokenizer = withSpecialTokens(buildTokenizer(bytes, ''), ['[MASK]']);
  const ids = [256, ...tokenizer.encode('今', 'prompt'), 256, 256, ...tokenizer.encode('é!', 'prompt')];
  expect(tokenizer.decode(ids)).toBe('[MASK]今[MASK][MASK]é!');
});

it('are not added where the vocabulary has them itself', () => {
  const plain = buildTokenizer(wordPiece, 'the cat and the cat ', 20);
  expect(withSpecialTokens(plain, ['[MASK]'])).toBe(plain);
  expect(plain.view(4)).toEqual({ id: 4, text: '[MASK]', kind: 'special' });
  const more = withSpecialTokens(plain, ['[MASK]', '[GAP]']);
  expect([...(more.specialIds ?? [])].at(-1)).toEqual(['[GAP]', 20]);
});
