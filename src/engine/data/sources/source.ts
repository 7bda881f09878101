/** The user's own text as a stream: a string, or a file whose kind is told by its name and content. */
import type { SourceReport, TextSource } from '../../../contract/messages.ts';
import { ProblemError } from '../../problem.ts';
import { type Piece, streamOf, type TextStream, uniformLineEnds } from '../text.ts';
import { CsvReader } from './csv.ts';
import { decodeFile } from './decode.ts';
import { JsonLinesReader, JsonReader } from './json.ts';
import type { CreateRecordReader } from './record-reader.ts';

/** Largest file: what its tokens take still fits the memory of a tab. */
export const largestFileBytes = 200_000_000;

const readers: Readonly<Record<string, CreateRecordReader>> = {
  json: (onValue) => new JsonReader(onValue),
  jsonl: (onValue) => new JsonLinesReader(onValue),
  ndjson: (onValue) => new JsonLinesReader(onValue),
  csv: (onValue) => new CsvReader(onValue),
  tsv: (onValue) => new CsvReader(onValue),
};

/** @throws ProblemError 'corpus-too-large', and while it is read whatever is wrong with the file */
export function openSource(source: TextSource): TextStream {
  const { content, decoding, field } = source;
  if (typeof content === 'string') return streamOf(content);
  checkSize(content);
  const createReader = readerOf(source);
  return {
    total: content.size,
    pieces: () => {
      const pieces = decodeFile(content, decoding);
      return createReader ? extractField(pieces, createReader, field) : pieces;
    },
  };
}

/** Looks at the beginning of a source: whether it is a text, and which fields its records have.
 *  @throws ProblemError */
export async function inspectSource(source: TextSource): Promise<SourceReport> {
  const { content, decoding, field } = source;
  if (typeof content === 'string') return { fields: [] };
  checkSize(content);
  const createReader = readerOf(source);
  const lengths = new Map<string, number>();
  const reader = createReader?.((name, value) => lengths.set(name, (lengths.get(name) ?? 0) + value.length));
  let isBlank = true;
  for await (const { text, done } of decodeFile(content, decoding)) {
    isBlank = text.trim() === '';
    if (!isBlank) reader?.push(text);
    if (done === content.size) reader?.end();
    if (!isBlank) break;
  }
  if (isBlank) throw new ProblemError({ where: 'corpus', code: 'corpus-empty', values: {} });
  if (!reader) return { fields: [] };
  // The field with the most text is the one that is meant.
  const fields = [...lengths].sort(([, one], [, other]) => other - one).map(([name]) => name);
  if (fields.length === 0) throw new ProblemError({ where: 'corpus', code: 'corpus-no-field', values: {} });
  return { fields, field: field !== undefined && fields.includes(field) ? field : fields[0] };
}

function checkSize({ size }: Blob): void {
  if (size <= largestFileBytes) return;
  const values = { bytes: size, limit: largestFileBytes };
  throw new ProblemError({ where: 'corpus', code: 'corpus-too-large', values });
}

function readerOf({ name, isPlain }: TextSource): CreateRecordReader | undefined {
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  return isPlain || !Object.hasOwn(readers, extension) ? undefined : readers[extension];
}

/** The texts of one field, each on lines of its own. */
async function* extractField(
  pieces: AsyncIterable<Piece>,
  createReader: CreateRecordReader,
  field: string | undefined,
): AsyncGenerator<Piece> {
  let values: string[] = [];
  const reader = createReader((name, value) => {
    if (name === field && value !== '') values.push(uniformLineEnds(value), '\n');
  });
  const take = (done: number): Piece => {
    const text = values.join('');
    values = [];
    return { text, done };
  };
  let done = 0;
  for await (const piece of pieces) {
    reader.push(piece.text);
    done = piece.done;
    yield take(done);
  }
  reader.end();
  yield take(done);
}
