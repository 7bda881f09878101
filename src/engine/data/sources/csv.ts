/** Texts in a table with a row of names: comma, semicolon or tab between the cells, quotes around those that need it. */
import Papa from 'papaparse';
import { longestRecord, type OnValue, type RecordReader, recordTooLong } from './record-reader.ts';

/** What the separator is told by. */
const previewCharacters = 1 << 16;

export class CsvReader implements RecordReader {
  private rest = '';
  private parser: Papa.Parser | undefined;
  private names: readonly string[] | undefined;

  constructor(private readonly onValue: OnValue) {}

  push(text: string): void {
    this.rest += text;
    this.read(true);
    if (this.rest.length > longestRecord) throw recordTooLong();
  }

  end(): void {
    this.read(false);
  }

  /** @param goesOn the last row may not be complete yet */
  private read(goesOn: boolean): void {
    this.parser ??= new Papa.Parser({ delimiter: delimiterOf(this.rest), newline: '\n' });
    const { data, meta }: Papa.ParseResult<string[]> = this.parser.parse(this.rest, 0, goesOn);
    this.rest = this.rest.slice(meta.cursor);
    for (const row of data) this.take(row);
  }

  private take(row: readonly string[]): void {
    if (row.length === 1 && row[0] === '') return;
    if (!this.names) this.names = row.map((name, index) => name.trim() || `#${index + 1}`);
    else for (const [index, name] of this.names.entries()) if (row[index]) this.onValue(name, row[index]);
  }
}

function delimiterOf(text: string): string {
  return Papa.parse(text.slice(0, previewCharacters), { preview: 20, skipEmptyLines: true }).meta.delimiter;
}
