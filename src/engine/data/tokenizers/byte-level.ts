/** GPT-2's view of text: words by its pattern, and a printable character for each of the 256 bytes. */
import { encodeUtf8 } from './utf8.ts';
import { lastMatch } from './word-counts.ts';

/** Contractions, then letters, digits, and other signs, each with at most one space before; then white space, whose last
 *  character is left to the word that follows (Radford et al. 2019). */
const wordPattern = /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+/gu;

/** Hands over the words of a text from left to right. Together they are the text. */
export function forEachWord(text: string, take: (word: string) => void): void {
  let at = 0;
  wordPattern.lastIndex = 0;
  while (wordPattern.test(text)) {
    const end = wordPattern.lastIndex;
    take(text.slice(at, end));
    at = end;
  }
}

/** Places where no word goes on: before white space, and before a sign after a letter, unless it can start a contraction. */
const wordEnd = /(?<=\S)\s|(?<=\p{L})[^\s\p{L}\p{N}']/gu;

/** How much of a text that goes on can be cut into words now, for good. */
export function cutAtWord(text: string): number {
  return lastMatch(text, wordEnd);
}

function isPrintable(byte: number): boolean {
  return (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte !== 0xad);
}

/** Bytes in the order of their characters, which is that of GPT-2's first 256 ids. */
export const orderedBytes: readonly number[] = [
  ...Array.from({ length: 256 }, (_, byte) => byte).filter(isPrintable),
  ...Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => !isPrintable(byte)),
];

/** A byte that prints stands for itself, the others for U+0100 and up. */
const characterOfByte: readonly string[] = (() => {
  const printable = orderedBytes.filter(isPrintable).length;
  const characters: string[] = new Array(256);
  orderedBytes.forEach((byte, rank) => {
    characters[byte] = String.fromCharCode(isPrintable(byte) ? byte : 0x100 + rank - printable);
  });
  return characters;
})();

const byteOfCharacter: ReadonlyMap<string, number> = new Map(
  characterOfByte.map((character, byte) => [character, byte] as const),
);

/** @param byte 0 to 255 */
export function byteCharacter(byte: number): string {
  return characterOfByte[byte];
}

/** The bytes that a piece of byte characters stands for; undefined where it holds any other character. */
export function bytesOfPiece(piece: string): Uint8Array | undefined {
  const bytes = new Uint8Array(piece.length);
  for (let i = 0; i < piece.length; i++) {
    const byte = byteOfCharacter.get(piece[i]);
    if (byte === undefined) return undefined;
    bytes[i] = byte;
  }
  return bytes;
}

/** A text as byte characters, the form in which tokenizer.json keeps its pieces. */
export function pieceOfText(text: string): string {
  return Array.from(encodeUtf8(text), byteCharacter).join('');
}
