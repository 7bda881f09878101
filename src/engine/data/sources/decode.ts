/** Reads a file's text piece by piece: UTF-8, or UTF-16 where its mark says so, or GB 18030 where it was asked for. */
import type { Decoding } from '../../../contract/messages.ts';
import { ProblemError } from '../../problem.ts';
import { type Piece, uniformLineEnds } from '../text.ts';
import { isBinary } from './binary.ts';

/** What is read of a file at once. */
export const pieceBytes = 1 << 20;

/** @throws ProblemError 'corpus-binary', 'corpus-undecodable' or 'corpus-unreadable' */
export async function* decodeFile(file: Blob, decoding: Decoding): AsyncGenerator<Piece> {
  const head = await readBytes(file, 0);
  const marked = markedEncoding(head);
  if (!marked && isBinary(head)) throw binary();
  const encoding = marked ?? (decoding === 'gb18030' ? 'gb18030' : 'utf-8');
  const decoder = new TextDecoder(encoding, { fatal: decoding !== 'replace' });
  let [line, held] = [1, ''];
  for (let at = 0; at < file.size; at += pieceBytes) {
    const bytes = at === 0 ? head : await readBytes(file, at);
    if (!marked && bytes.includes(0)) throw binary();
    const isLast = at + bytes.length >= file.size;
    const text = held + decode(decoder, bytes, isLast, line);
    // The \n of a \r may come with the next piece.
    held = !isLast && text.endsWith('\r') ? '\r' : '';
    const uniform = uniformLineEnds(text.slice(0, text.length - held.length));
    line += countLines(uniform);
    yield { text: uniform, done: at + bytes.length };
  }
}

async function readBytes(file: Blob, at: number): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.slice(at, at + pieceBytes).arrayBuffer());
  } catch (error) {
    // The file was moved or changed since it was chosen.
    const detail = error instanceof Error ? error.message : String(error);
    throw new ProblemError({ where: 'corpus', code: 'corpus-unreadable', values: { detail } });
  }
}

/** @param line of the text where the bytes begin */
function decode(decoder: TextDecoder, bytes: Uint8Array, isLast: boolean, line: number): string {
  try {
    return decoder.decode(bytes, { stream: !isLast });
  } catch {
    const lenient = new TextDecoder(decoder.encoding).decode(bytes);
    const before = lenient.slice(0, Math.max(0, lenient.indexOf('\ufffd')));
    const values = {
      line: line + countLines(uniformLineEnds(before)),
      encoding: decoder.encoding.toUpperCase(),
      alternative: decoder.encoding === 'utf-8' && looksLikeGb18030(bytes) ? 'gb18030' : '',
    };
    throw new ProblemError({ where: 'corpus', code: 'corpus-undecodable', values });
  }
}

/** Older Chinese files: without an error in GB 18030, and mostly Han beyond ASCII. */
function looksLikeGb18030(bytes: Uint8Array): boolean {
  try {
    const text = new TextDecoder('gb18030', { fatal: true }).decode(bytes, { stream: true });
    const beyond = text.match(/[^\p{ASCII}]/gu)?.length ?? 0;
    const han = text.match(/[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef]/g)?.length ?? 0;
    return han > beyond * 0.9;
  } catch {
    return false;
  }
}

/** UTF-16 says so in its first two bytes. */
function markedEncoding(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return undefined;
}

function countLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

function binary(): ProblemError {
  return new ProblemError({ where: 'corpus', code: 'corpus-binary', values: {} });
}
