/** Tokens that stand beside a vocabulary, as <|endoftext|> or [MASK]: found in a text before it is cut into words. */

export interface AddedToken {
  readonly id: number;
  readonly content: string;
  /** Takes the white space on its left, or right, with it. */
  readonly lstrip: boolean;
  readonly rstrip: boolean;
  /** True where it is looked for after the text has been normalized. */
  readonly normalized: boolean;
  /** Marks structure, not text. */
  readonly special: boolean;
}

/** Cuts texts at added tokens. */
export class AddedTokenFinder {
  private readonly byContent: ReadonlyMap<string, AddedToken>;
  private readonly pattern: RegExp | undefined;

  /** @param contents pairs of what to look for and the token it is; of those that start at one place the longest wins */
  constructor(contents: readonly (readonly [string, AddedToken])[]) {
    const found = contents.filter(([content]) => content !== '');
    this.byContent = new Map(found);
    const alternatives = found.map(([content]) => content).sort((a, b) => b.length - a.length);
    this.pattern = found.length > 0 ? new RegExp(`(${alternatives.map(escapePattern).join('|')})`) : undefined;
  }

  /** The text in order: stretches of text, none of them empty, and the tokens between. */
  split(text: string): (string | AddedToken)[] {
    if (!this.pattern) return text === '' ? [] : [text];
    const parts: (string | AddedToken)[] = text
      .split(this.pattern)
      .map((part, index) => (index % 2 === 1 && this.byContent.get(part)) || part);
    parts.forEach((part, index) => {
      if (typeof part === 'string') return;
      const [left, right] = [parts[index - 1], parts[index + 1]];
      if (part.lstrip && typeof left === 'string') parts[index - 1] = left.trimEnd();
      if (part.rstrip && typeof right === 'string') parts[index + 1] = right.trimStart();
    });
    return parts.filter((part) => part !== '');
  }
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
