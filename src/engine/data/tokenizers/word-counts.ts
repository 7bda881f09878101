/** Counts the distinct words of a text that arrives in parts, within a bound on memory. */

/** Longest piece of a word that training looks at. Longer ones, as in a text without spaces, are cut. */
const longestWord = 4096;
/** Characters of all distinct words together; what would go beyond is counted no more. */
const largestTotal = 1 << 24;

export class WordCounts {
  private readonly counts = new Map<string, number>();
  private total = 0;
  /** The end of the text so far, whose words the next part may change. */
  private held = '';

  /** @param cut how much of a text that goes on can be cut into words now
   *  @param forEachWord hands over the words of a text */
  constructor(
    private readonly cut: (text: string) => number,
    private readonly forEachWord: (text: string, take: (word: string) => void) => void,
  ) {}

  read(part: string): void {
    const text = this.held + part;
    const end = this.cut(text);
    this.held = text.slice(end);
    this.forEachWord(text.slice(0, end), (word) => this.add(word));
  }

  /** Takes what was held back for the end of the text. */
  finish(): void {
    this.forEachWord(this.held, (word) => this.add(word));
    this.held = '';
  }

  private add(word: string): void {
    if (word.length <= longestWord) return this.count(word);
    for (let at = 0; at < word.length; at += longestWord) this.count(word.slice(at, at + longestWord));
  }

  private count(word: string): void {
    const seen = this.counts.get(word);
    if (seen !== undefined) {
      this.counts.set(word, seen + 1);
      return;
    }
    if (this.total + word.length > largestTotal) return;
    this.total += word.length;
    this.counts.set(word, 1);
  }

  entries(): IterableIterator<[string, number]> {
    return this.counts.entries();
  }
}

/** A longer stretch in which no word ends is cut as it stands. */
const longestHeld = 1 << 16;

/** Where the last match starts, looked for from the end; 0 where there is none.
 *  @param pattern global */
export function lastMatch(text: string, pattern: RegExp): number {
  for (const span of [1 << 10, longestHeld]) {
    const from = Math.max(0, text.length - span);
    const starts = Array.from(text.slice(from).matchAll(pattern), ({ index }) => from + index);
    const last = starts.at(-1) ?? 0;
    if (last > 0) return last;
  }
  return text.length < longestHeld ? 0 : text.length;
}
