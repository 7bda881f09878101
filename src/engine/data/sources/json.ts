/** Texts in a JSON file of any shape, named by the keys that lead to them: 'text', 'messages.content'. */
import { Tokenizer, TokenType } from '@streamparser/json';
import { longestRecord, malformed, type OnValue, type RecordReader, recordTooLong } from './record-reader.ts';

/** An object or array that is open. Items of an array have its path. */
interface Frame {
  readonly isArray: boolean;
  readonly path: string;
  key: string;
  isKeyNext: boolean;
}

export class JsonReader implements RecordReader {
  private readonly tokenizer = new Tokenizer();
  private readonly encoder = new TextEncoder();
  private readonly frames: Frame[] = [];
  private line = 1;
  /** Bytes before the present piece. */
  private bytesBefore = 0;
  private tokenOffset = 0;

  constructor(private readonly onValue: OnValue) {
    this.tokenizer.onToken = ({ token, value, offset }) => {
      this.tokenOffset = offset;
      this.take(token, value);
    };
    this.tokenizer.onError = (error) => {
      throw error;
    };
  }

  push(text: string): void {
    const bytes = this.encoder.encode(text);
    try {
      this.tokenizer.write(bytes);
    } catch (error) {
      const at = positionIn(error) ?? Math.max(0, this.tokenOffset - this.bytesBefore);
      throw malformed('JSON', this.line + countLineFeeds(bytes.subarray(0, at)));
    }
    this.bytesBefore += bytes.length;
    this.line += countLineFeeds(bytes);
    if (this.bytesBefore - this.tokenOffset > longestRecord && !this.tokenizer.isEnded) throw recordTooLong();
  }

  end(): void {
    if (this.frames.length > 0 || this.tokenOffset === 0) throw malformed('JSON', this.line);
  }

  private take(token: TokenType, value: unknown): void {
    const frame = this.frames.at(-1);
    switch (token) {
      case TokenType.LEFT_BRACE:
        this.frames.push({ isArray: false, path: pathOf(frame), key: '', isKeyNext: true });
        break;
      case TokenType.LEFT_BRACKET:
        this.frames.push({ isArray: true, path: pathOf(frame), key: '', isKeyNext: false });
        break;
      case TokenType.RIGHT_BRACE:
      case TokenType.RIGHT_BRACKET:
        if (frame?.isArray !== (token === TokenType.RIGHT_BRACKET)) throw new SyntaxError();
        this.frames.pop();
        break;
      case TokenType.COMMA:
        if (!frame) throw new SyntaxError();
        frame.isKeyNext = !frame.isArray;
        break;
      case TokenType.STRING:
        if (frame?.isKeyNext) {
          frame.key = String(value);
          frame.isKeyNext = false;
        } else this.onValue(pathOf(frame), String(value));
        break;
    }
  }
}

/** Where in the piece the tokenizer stopped, which only its message tells. */
function positionIn(error: unknown): number | undefined {
  const found = /chunk position "(\d+)"/.exec(error instanceof Error ? error.message : '');
  return found ? Number(found[1]) : undefined;
}

/** Path of what comes next in a frame. */
function pathOf(frame: Frame | undefined): string {
  if (!frame) return '';
  return frame.isArray ? frame.path : joinPath(frame.path, frame.key);
}

function joinPath(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

/** JSON Lines: one record a line. */
export class JsonLinesReader implements RecordReader {
  private rest = '';
  private line = 0;

  constructor(private readonly onValue: OnValue) {}

  push(text: string): void {
    const lines = (this.rest + text).split('\n');
    this.rest = lines.pop() ?? '';
    for (const line of lines) this.take(line);
    if (this.rest.length > longestRecord) throw recordTooLong();
  }

  end(): void {
    this.take(this.rest);
  }

  private take(line: string): void {
    this.line += 1;
    if (line.trim() === '') return;
    try {
      this.visit(JSON.parse(line), '');
    } catch {
      throw malformed('JSON Lines', this.line);
    }
  }

  private visit(value: unknown, path: string): void {
    if (typeof value === 'string') this.onValue(path, value);
    else if (Array.isArray(value)) for (const item of value) this.visit(item, path);
    else if (typeof value === 'object' && value !== null) {
      for (const [key, item] of Object.entries(value)) this.visit(item, joinPath(path, key));
    }
  }
}

function countLineFeeds(bytes: Uint8Array): number {
  let count = 0;
  for (const byte of bytes) if (byte === 10) count += 1;
  return count;
}
