/** One token per character: the Unicode code points of the corpus, in their order. */
import { type Tokenizer, type TokenizerBuilder, type TokenizerSpec, unknownCharacters } from './tokenizer.ts';

const codePoints = 0x110000;

class CharacterTokenizer implements Tokenizer {
  readonly vocabulary: number;
  private readonly characters: readonly string[];
  /** Id by code point, −1 where there is none: a table, since a large text looks up every character. */
  private readonly ids: Int32Array;

  /** @param codes ascending */
  constructor(codes: readonly number[]) {
    this.vocabulary = codes.length;
    this.characters = codes.map((code) => String.fromCodePoint(code));
    this.ids = new Int32Array((codes.at(-1) ?? 0) + 1).fill(-1);
    for (const [id, code] of codes.entries()) this.ids[code] = id;
  }

  encode(text: string, where: 'corpus' | 'prompt'): Int32Array {
    const ids = new Int32Array(text.length);
    const unknown = new Set<number>();
    let count = 0;
    forEachCodePoint(text, (code) => {
      const id = code < this.ids.length ? this.ids[code] : -1;
      if (id < 0) unknown.add(code);
      else ids[count++] = id;
    });
    if (unknown.size > 0)
      throw unknownCharacters(
        Array.from(unknown, (code) => String.fromCodePoint(code)),
        where,
      );
    return ids.subarray(0, count);
  }

  decode(ids: ArrayLike<number>): string {
    return Array.from(ids, (id) => this.characters[id]).join('');
  }

  view(id: number) {
    return { id, text: this.characters[id], kind: 'text' } as const;
  }
}

class CharacterBuilder implements TokenizerBuilder {
  private readonly seen = new Uint8Array(codePoints);

  add(piece: string): void {
    forEachCodePoint(piece, (code) => {
      this.seen[code] = 1;
    });
  }

  build(): Tokenizer {
    const codes: number[] = [];
    for (let code = this.seen.indexOf(1); code >= 0; code = this.seen.indexOf(1, code + 1)) codes.push(code);
    return new CharacterTokenizer(codes);
  }
}

/** A lone half of a surrogate pair is a code point of its own. */
function forEachCodePoint(text: string, visit: (code: number) => void): void {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    const isHigh = unit >= 0xd800 && unit < 0xdc00;
    const code = isHigh ? (text.codePointAt(i) ?? unit) : unit;
    if (code > 0xffff) i += 1;
    visit(code);
  }
}

export const characters: TokenizerSpec = {
  id: 'characters',
  label: { en: 'Characters', zh: '单字' },
  explanation: {
    en: 'Every character of the text is a token, in any script.',
    zh: '文本里的每个字符就是一个词元，任何文字都可以。',
  },
  begin: () => new CharacterBuilder(),
};
