/** Adds tokens that stand for no text to a tokenizer: their ids follow its own, which stay as they are. */
import type { Tokenizer } from './tokenizer.ts';

/** A vocabulary that has such a name itself, as BERT's has [MASK], keeps its own. Text is encoded as before, even where it
 *  spells a token that is added; decoding writes its name. */
export function withSpecialTokens(tokenizer: Tokenizer, names: readonly string[]): Tokenizer {
  const own = tokenizer.specialIds ?? new Map<string, number>();
  const added = names.filter((name) => !own.has(name));
  if (added.length === 0) return tokenizer;
  const first = tokenizer.vocabulary;
  return {
    vocabulary: first + added.length,
    specialIds: new Map([...own, ...added.map((name, index): [string, number] => [name, first + index])]),
    encode: (text, where) => tokenizer.encode(text, where),
    decode: (ids) => decodeParts(tokenizer, Array.from(ids), first, added),
    view: (id) => (id < first ? tokenizer.view(id) : { id, text: added[id - first], kind: 'special' }),
    continuesWord: tokenizer.continuesWord && ((id) => id < first && tokenizer.continuesWord?.(id) === true),
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
