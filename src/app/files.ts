/** Files in and out of the page: saving what was made here, and reading text in whatever encoding it has. */
import type { Problem } from '../contract/messages.ts';

/** Offers bytes or text to the user as a file. */
export function saveFile(content: ArrayBuffer | string, name: string, type: string): void {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** Encodings tried in this order; the first without an error is taken. GB 18030 covers older Chinese files. */
const encodings = ['utf-8', 'gb18030'] as const;

/** The text of a file, or the problem with it. */
export function decodeText(bytes: Uint8Array): string | Problem {
  const marked = markedEncoding(bytes);
  if (!marked && bytes.includes(0)) return binary;
  for (const encoding of marked ? [marked] : encodings) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes).replaceAll('\r\n', '\n');
    } catch {
      // Not this encoding: try the next one.
    }
  }
  return binary;
}

const binary: Problem = { where: 'corpus', code: 'corpus-binary', values: {} };

/** UTF-16 says so in its first two bytes. */
function markedEncoding(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return undefined;
}
