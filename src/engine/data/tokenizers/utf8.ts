/** UTF-8 by hand: every JavaScript string to bytes and back, and bytes that are no character shown as such. */

/** UTF-8, with lone surrogates in their three-byte form (WTF-8), so that every JavaScript string round-trips. */
export function encodeUtf8(text: string): Int32Array {
  const bytes = new Int32Array(text.length * 3);
  let count = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) bytes[count++] = code;
    else if (code < 0x800) {
      bytes[count++] = 0xc0 | (code >> 6);
      bytes[count++] = 0x80 | (code & 63);
    } else if (code < 0x10000) {
      bytes[count++] = 0xe0 | (code >> 12);
      bytes[count++] = 0x80 | ((code >> 6) & 63);
      bytes[count++] = 0x80 | (code & 63);
    } else {
      bytes[count++] = 0xf0 | (code >> 18);
      bytes[count++] = 0x80 | ((code >> 12) & 63);
      bytes[count++] = 0x80 | ((code >> 6) & 63);
      bytes[count++] = 0x80 | (code & 63);
    }
  }
  return bytes.slice(0, count);
}

/** Smallest code point that needs this many bytes: anything below is an overlong form and no character. */
const smallest = [0, 0, 0x80, 0x800, 0x10000];

function sequenceLength(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead < 0xe0) return 2;
  if (lead >= 0xe0 && lead < 0xf0) return 3;
  return lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
}

/** The code point that starts at `at` and how many bytes it takes; undefined where no whole character starts. */
function codePointAt(bytes: ArrayLike<number>, at: number): { code: number; length: number } | undefined {
  const length = sequenceLength(bytes[at]);
  if (length === 0 || at + length > bytes.length) return undefined;
  if (length === 1) return { code: bytes[at], length };
  let code = bytes[at] & (0x7f >> length);
  for (let i = at + 1; i < at + length; i++) {
    if ((bytes[i] & 0xc0) !== 0x80) return undefined;
    code = (code << 6) | (bytes[i] & 63);
  }
  return code >= smallest[length] && code <= 0x10ffff ? { code, length } : undefined;
}

/** A byte that is no whole character, as '<E4>'. */
function hexadecimal(byte: number): string {
  return `<${byte.toString(16).toUpperCase().padStart(2, '0')}>`;
}

export interface DecodedBytes {
  readonly text: string;
  /** True where every byte belongs to a whole character. */
  readonly whole: boolean;
}

/** Bytes that form no character, as a model may write them, come out as '<E4>'. */
export function decodeUtf8(bytes: ArrayLike<number>): DecodedBytes {
  const pieces: string[] = [];
  let whole = true;
  for (let at = 0; at < bytes.length; ) {
    const found = codePointAt(bytes, at);
    pieces.push(found ? String.fromCodePoint(found.code) : hexadecimal(bytes[at]));
    if (!found) whole = false;
    at += found?.length ?? 1;
  }
  return { text: pieces.join(''), whole };
}
