/** What reads records out of a text in pieces: JSON, JSON Lines and CSV alike tell each text they hold, by its field. */
import { ProblemError } from '../../problem.ts';

export type OnValue = (field: string, value: string) => void;

export interface RecordReader {
  push(text: string): void;
  /** After the last piece. @throws ProblemError where something is missing */
  end(): void;
}

export type CreateRecordReader = (onValue: OnValue) => RecordReader;

/** Longest record, in characters: more is a file of another kind, and would not fit the bound on memory. */
export const longestRecord = 1 << 24;

export function recordTooLong(): ProblemError {
  return new ProblemError({ where: 'corpus', code: 'corpus-record-too-long', values: { limit: longestRecord } });
}

/** Records that break the rules of their format. */
export function malformed(format: 'JSON' | 'JSON Lines' | 'CSV', line: number): ProblemError {
  return new ProblemError({ where: 'corpus', code: 'corpus-malformed', values: { format, line } });
}
