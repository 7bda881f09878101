/** Files as people have them: encodings, line ends, records of every kind, and what is no text at all. */
import { describe, expect, it } from 'vitest';
import type { Problem, TextSource } from '../../../contract/messages.ts';
import { generatedFile } from '../../../testing/generated-file.ts';
import { ownSource } from '../../../testing/own-source.ts';
import { ProblemError } from '../../problem.ts';
import { pieceBytes } from './decode.ts';
import { longestRecord } from './record-reader.ts';
import { inspectSource, largestFileBytes, openSource } from './source.ts';

const encode = (text: string) => new TextEncoder().encode(text);

async function readAll(source: TextSource): Promise<string> {
  let text = '';
  for await (const piece of openSource(source).pieces()) text += piece.text;
  return text;
}

const read = (content: BlobPart, how: Partial<TextSource> = {}) => readAll(ownSource(new Blob([content]), how));
const inspect = (content: BlobPart, how: Partial<TextSource> = {}) =>
  inspectSource(ownSource(new Blob([content]), how));

async function problemWith(work: Promise<unknown>): Promise<Problem> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof ProblemError) return error.problem;
  throw error ?? new Error('nothing was thrown');
}

/** Text with `part` across the border between two pieces, whatever its length in bytes. */
const acrossBorder = (part: string, offset: number) => `${'x'.repeat(pieceBytes - offset)}${part}yz`;

describe('the bytes of a file', () => {
  it('are UTF-8, without their byte order mark and with one kind of line end', async () => {
    expect(await read('\ufeff天气\r\n真好\r\r\nend')).toBe('天气\n真好\n\nend');
  });

  it('are UTF-16 where the mark says so', async () => {
    expect(await read(new Uint8Array([0xff, 0xfe, 0x29, 0x59, 0x0d, 0, 0x0a, 0]))).toBe('天\n');
    expect(await read(new Uint8Array([0xfe, 0xff, 0x59, 0x29]))).toBe('天');
  });

  it.each([0, 1, 2, 3, 4])(
    'keep characters and line ends whole across pieces, %i bytes before the border',
    async (at) => {
      for (const part of ['😀', '天', '\r\n', '\r']) {
        expect(await read(acrossBorder(part, at))).toBe(
          acrossBorder(part === '\r\n' ? '\n' : part.replace('\r', '\n'), at),
        );
      }
    },
  );

  it('keep a \\r at the very end', async () => {
    expect(await read('a\r')).toBe('a\n');
  });

  it('that are no UTF-8 are refused with their line, or replaced', async () => {
    const bytes = new Uint8Array([...encode(`${'line\r\n'.repeat(2)}caf`), 0xe9, ...encode(' au lait')]);
    expect(await problemWith(read(bytes))).toEqual({
      where: 'corpus',
      code: 'corpus-undecodable',
      values: { line: 3, encoding: 'UTF-8', alternative: '' },
    });
    expect(await read(bytes, { decoding: 'replace' })).toBe('line\nline\ncaf\ufffd au lait');
  });

  it('count lines up to a fault in a later piece, and refuse a character that the end cuts', async () => {
    const bytes = new Uint8Array([...encode('ab\n'.repeat(pieceBytes / 2)), 0xe4, 0xbb]);
    expect(await problemWith(read(bytes))).toMatchObject({ values: { line: pieceBytes / 2 + 1 } });
  });

  it('of older Chinese files are told, and read when asked', async () => {
    const bytes = new Uint8Array([0xcc, 0xec, 0xc6, 0xf8, 0xa1, 0xa3]);
    expect(await problemWith(inspect(bytes))).toMatchObject({ values: { alternative: 'gb18030' } });
    expect(await read(bytes, { decoding: 'gb18030' })).toBe('天气。');
  });
});

describe('files that are no text', () => {
  it.each([
    ['zeros', new Uint8Array([97, 0, 98])],
    ['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a])],
    ['a document', encode('PK\u0003\u0004 a zip archive, as .docx is one')],
    ['a PDF file', encode('%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\n')],
    ['control characters', encode('\u0001\u0002\u0003\u0004 and some words')],
  ])('%s: refused by content, whatever the name', async (_, bytes) => {
    expect((await problemWith(inspect(bytes, { name: 'book.txt' }))).code).toBe('corpus-binary');
  });

  it('zeros in a later piece', async () => {
    expect((await problemWith(read(`${'x'.repeat(pieceBytes)}\0`))).code).toBe('corpus-binary');
  });

  it('text with tabs, form feeds and terminal colours is text', async () => {
    expect(await read('\ta\f\u001b[31mred\u001b[0m\n')).toBe('\ta\f\u001b[31mred\u001b[0m\n');
  });

  it('too large, empty, blank, or gone', async () => {
    const tooLarge = ownSource(generatedFile('a', largestFileBytes + 1));
    expect(await problemWith(inspectSource(tooLarge))).toMatchObject({
      code: 'corpus-too-large',
      values: { bytes: largestFileBytes + 1, limit: largestFileBytes },
    });
    expect((await problemWith(inspect(''))).code).toBe('corpus-empty');
    expect((await problemWith(inspect(' \n\t'))).code).toBe('corpus-empty');
    const gone = generatedFile('a', 10, () => {
      throw new DOMException('A requested file could not be found.', 'NotFoundError');
    });
    expect(await problemWith(inspectSource(ownSource(gone)))).toMatchObject({ code: 'corpus-unreadable' });
  });
});

const jsonLines = '{"id":"a1","text":"first\\r\\nstory","n":1}\n\n{"id":"b2","text":"第二个","tags":["x","y"]}\n';
const json =
  '{"data": [\n {"id": "a1", "text": "first"},\n {"id": "b2", "text": "second \\"quoted\\" \\u5929"}], "n": null}';
const csv = 'id,"long text",n\n1,"one, with ""quotes""\r\nand two lines",3\n2,two,\n';

describe('records', () => {
  it('of JSON Lines, by any field', async () => {
    const name = 'a.JSONL';
    expect(await inspect(jsonLines, { name })).toEqual({ fields: ['text', 'id', 'tags'], field: 'text' });
    expect(await read(jsonLines, { name, field: 'text' })).toBe('first\nstory\n第二个\n');
    expect(await read(jsonLines, { name, field: 'tags' })).toBe('x\ny\n');
  });

  it('of JSON, in a list or deep inside', async () => {
    const name = 'a.json';
    expect(await inspect(json, { name })).toEqual({ fields: ['data.text', 'data.id'], field: 'data.text' });
    expect(await read(json, { name, field: 'data.text' })).toBe('first\nsecond "quoted" 天\n');
    expect(await inspect('["one", "two"]', { name })).toEqual({ fields: [''], field: '' });
    expect(await read('["one", "two"]', { name, field: '' })).toBe('one\ntwo\n');
  });

  it('of tables, with quotes and any separator', async () => {
    const name = 'a.csv';
    expect(await inspect(csv, { name })).toEqual({ fields: ['long text', 'id', 'n'], field: 'long text' });
    expect(await read(csv, { name, field: 'long text' })).toBe('one, with "quotes"\nand two lines\ntwo\n');
    expect(await read('a\tb\n1\tx y\n2\tz', { name: 'a.tsv', field: 'b' })).toBe('x y\nz\n');
    expect(await read('a;b\n1;x, y\n2;z\n', { name, field: 'b' })).toBe('x, y\nz\n');
  });

  it('keep the field that was asked for, and take the file as it stands where that was asked', async () => {
    expect(await inspect(jsonLines, { name: 'a.jsonl', field: 'id' })).toMatchObject({ field: 'id' });
    expect(await inspect(jsonLines, { name: 'a.jsonl', isPlain: true })).toEqual({ fields: [] });
    expect(await read(csv, { name: 'a.csv', isPlain: true })).toBe(csv.replace('\r', ''));
  });

  it.each([
    ['jsonl', (i: number) => `{"id":${i},"text":"a story numbered ${i} 天"}\n`, ''],
    ['json', (i: number) => `${i === 0 ? '[' : ','}\n{"id":${i},"text":"a story numbered ${i} 天"}`, ']'],
    ['csv', (i: number) => `${i === 0 ? 'id,text\n' : ''}${i},"a story numbered ${i} 天"\n`, ''],
  ])('.%s of many pieces: none is lost at a border', async (extension, record, end) => {
    const count = 60_000;
    const records = Array.from({ length: count }, (_, i) => record(i)).join('') + end;
    expect(records.length).toBeGreaterThan(pieceBytes * 1.5);
    const text = await read(records, { name: `a.${extension}`, field: 'text' });
    expect(text).toBe(Array.from({ length: count }, (_, i) => `a story numbered ${i} 天\n`).join(''));
  });

  it('that break the rules are told with their line', async () => {
    const faults: [string, string, number, string][] = [
      ['jsonl', '{"text":"a"}\n{"text": oops}\n', 2, 'JSON Lines'],
      ['json', '[\n"a",\n"b",\n oops]', 4, 'JSON'],
      ['json', '["a",\n"b"', 2, 'JSON'],
      ['json', '["a"\n}', 2, 'JSON'],
      ['json', 'no JSON at all', 1, 'JSON'],
    ];
    for (const [extension, content, line, format] of faults) {
      const problem = await problemWith(read(content, { name: `a.${extension}`, field: 'text' }));
      expect({ content, problem }).toEqual({
        content,
        problem: { where: 'corpus', code: 'corpus-malformed', values: { format, line } },
      });
    }
  });

  it('without any text are refused', async () => {
    expect((await problemWith(inspect('{"n":1}\n', { name: 'a.jsonl' }))).code).toBe('corpus-no-field');
    expect((await problemWith(inspect('[1, 2]', { name: 'a.json' }))).code).toBe('corpus-no-field');
    expect((await problemWith(inspect('a,b\n', { name: 'a.csv' }))).code).toBe('corpus-no-field');
  });

  it.each([
    ['jsonl', '{"text":"'],
    ['json', '["'],
    ['csv', 'a,b\n1,"'],
  ])('.%s without an end are not gathered up', async (extension, start) => {
    const endless = start + 'x'.repeat(longestRecord + 2 * pieceBytes);
    const problem = await problemWith(read(endless, { name: `a.${extension}`, field: 'text' }));
    expect(problem).toMatchObject({ code: 'corpus-record-too-long' });
  });
});
