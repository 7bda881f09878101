/** Adds tokens that stand for no text to a tokenizer: their ids follow its own, which stay as they are. */
import type { Tokenizer } from './tokenizer.ts';

/** Text is encoded as before, even where it spells a special token; decoding writes the special's name. */
export function withSpecialTokens(tokenizer: Tokenizer, names: readonly string[]): Tokenizer {
  if (names.length === 0) return tokenizer;
  const first = tokenizer.vocabulary;
  return {
    vocabulary: first + names.length,
    encode: (text, where) => tokenizer.encode(text, where),
    decode: (ids) => decodeParts(tokenizer, Array.from(ids), first, names),
    view: (id) => (id < first ? tokenizer.view(id) : { id, text: names[id - first], kind: 'special' }),
  };
}

/** Stretches of text are decoded whole, since a character may take several tokens. */
function decodeParts(tokenizer: Tokenizer, ids: readonly number[], first: number, names: readonly string[]): string {
  const pieces: string[] = [];
  let start = 0;
  for (let i = 0; i <= ids.length; i++) {
    if (i < ids.length && ids[i] < first) continue;
    pieces.push(tokenizer.decode(ids.slice(start, i)));
    if (i < ids.length) pieces.push(names[ids[i] - first]);
    start = i + 1;
  }
  return pieces.join('');
}
