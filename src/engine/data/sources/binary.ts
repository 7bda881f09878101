/** Tells files that are no text by their content, whatever their name says. */

/** How files begin that are no text: pictures, archives and office documents, PDF, sound, programs, databases. */
const signatures: readonly (readonly number[])[] = [
  'PK\u0003\u0004',
  '%PDF-',
  '\u0089PNG',
  'GIF8',
  '\u00ff\u00d8\u00ff',
  '\u001f\u008b',
  'BZh',
  '7z\u00bc\u00af',
  'Rar!',
  '\u00d0\u00cf\u0011\u00e0',
  '\u007fELF',
  'ID3',
  'OggS',
  'RIFF',
  'SQLite format',
  '\u00fd7zXZ',
  '\u0028\u00b5\u002f\u00fd',
].map((text) => Array.from(text, (character) => character.charCodeAt(0)));

/** Share of control characters that no text reaches. */
const controlShare = 0.05;

/** @param head the first bytes of a file that is not marked as UTF-16 */
export function isBinary(head: Uint8Array): boolean {
  if (head.includes(0)) return true;
  if (signatures.some((signature) => signature.every((byte, index) => head[index] === byte))) return true;
  let controls = 0;
  for (const byte of head) if (byte < 32 && !isLayout(byte)) controls += 1;
  return controls > head.length * controlShare;
}

/** Tab, line feed, vertical tab, form feed, carriage return, and the escape of terminal logs. */
function isLayout(byte: number): boolean {
  return (byte >= 9 && byte <= 13) || byte === 27;
}
