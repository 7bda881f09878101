/** Text in pieces: line ends made uniform, lengths counted, and the first lines kept for a preview. */

/** The next piece of a text, and how much of the source has been read for it. */
export interface Piece {
  readonly text: string;
  readonly done: number;
}

/** A text that can be read from its start as often as needed. */
export interface TextStream {
  /** `done` of the last piece: bytes of a file, characters of a string. */
  readonly total: number;
  /** No piece ends inside a surrogate pair. */
  pieces(): AsyncIterable<Piece>;
}

const pieceCharacters = 1 << 18;

/** A string as a stream, without byte-order mark and with \n at line ends. */
export function streamOf(text: string): TextStream {
  const whole = uniformLineEnds(text.replace(/^\uFEFF/, ''));
  return {
    total: whole.length,
    async *pieces() {
      for (let at = 0; at < whole.length; ) {
        const end = wholeEnd(whole, at + pieceCharacters);
        yield { text: whole.slice(at, end), done: Math.min(end, whole.length) };
        at = end;
      }
    },
  };
}

/** The index, or the next one where a surrogate pair would be cut. */
function wholeEnd(text: string, index: number): number {
  return index < text.length && (text.codePointAt(index - 1) ?? 0) > 0xffff ? index + 1 : index;
}

/** The first characters of a text, at least `length` of them where it has as many. */
export function beginningOf(text: string, length: number): string {
  return text.slice(0, wholeEnd(text, length));
}

export function uniformLineEnds(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

/** Bytes of a well-formed text in UTF-8. */
export function utf8Length(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    // A surrogate pair is two units and four bytes.
    if (unit >= 0x80) bytes += unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 1 : 2;
  }
  return bytes;
}

const excerptSource = 2000;
const excerptLines = 4;
const excerptCharacters = 160;

/** The first lines of a text, for a preview. */
export function excerptOf(text: string): string {
  const lines = text
    .slice(0, excerptSource)
    .split('\n')
    .filter((line) => line.trim() !== '');
  const joined = lines.slice(0, excerptLines).join('\n');
  return [...joined].slice(0, excerptCharacters).join('');
}
