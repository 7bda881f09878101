/** One token per character: the Unicode code points of the corpus, in their order. */
import { ProblemError } from '../../problem.ts';
import type { Tokenizer, TokenizerSpec } from './tokenizer.ts';

/** Shown of the characters that a text must not have. */
const unknownShown = 12;

class CharacterTokenizer implements Tokenizer {
  readonly vocabulary: number;
  private readonly ids: ReadonlyMap<string, number>;

  constructor(private readonly characters: readonly string[]) {
    this.vocabulary = characters.length;
    this.ids = new Map(characters.map((character, id) => [character, id]));
  }

  encode(text: string, where: 'corpus' | 'prompt'): Int32Array {
    const ids = new Int32Array(text.length);
    const unknown = new Set<string>();
    let count = 0;
    for (const character of text) {
      const id = this.ids.get(character);
      if (id === undefined) unknown.add(character);
      else ids[count++] = id;
    }
    if (unknown.size > 0) {
      const characters = [...unknown].slice(0, unknownShown).join(' ');
      throw new ProblemError({ where, code: 'unknown-characters', values: { characters, count: unknown.size } });
    }
    return ids.slice(0, count);
  }

  decode(ids: ArrayLike<number>): string {
    return Array.from(ids, (id) => this.characters[id]).join('');
  }

  view(id: number) {
    return { id, text: this.characters[id], kind: 'text' } as const;
  }
}

export const characters: TokenizerSpec = {
  id: 'characters',
  label: { en: 'Characters', zh: '单字' },
  explanation: {
    en: 'Every character of the text is a token, in any script.',
    zh: '文本里的每个字符就是一个词元，任何文字都可以。',
  },
  build: (text) => {
    const distinct = [...new Set(text)];
    distinct.sort((a, b) => (a.codePointAt(0) ?? 0) - (b.codePointAt(0) ?? 0));
    return new CharacterTokenizer(distinct);
  },
};
