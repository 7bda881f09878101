/** A tokenizer as the page looks into it: a text cut into tokens, what each script costs, the pieces it has learnt. */
import type { TokenView } from './results.ts';

/** A tokenizer out of a file. */
export interface LoadedTokenizer {
  readonly id: string;
  readonly kind: 'byte-pair' | 'word-piece';
  readonly vocabulary: number;
}

export interface DetailedToken extends TokenView {
  /** Bytes of UTF-8 that it stands for; empty where it stands for no text. */
  readonly bytes: readonly number[];
}

/** What characters are sorted by. */
export type Script = 'latin' | 'han' | 'digits' | 'punctuation' | 'spaces' | 'other';

/** A token counts for the script of its first character that is no space. */
export interface ScriptCount {
  readonly script: Script;
  readonly characters: number;
  readonly tokens: number;
}

export interface TokenizedText {
  /** What was asked about; absent for the beginning of the run's text. */
  readonly text?: string;
  /** The first of them. */
  readonly tokens: readonly DetailedToken[];
  /** All of them, and the characters that they were cut from. */
  readonly tokenCount: number;
  readonly characters: number;
  /** Only those that occur. */
  readonly scripts: readonly ScriptCount[];
  /** Tokens that stand for no text: words that the vocabulary can't spell. */
  readonly unknown: number;
}

/** A piece that was learnt, or a merge that made it. */
export interface LearntPiece {
  /** From 1, in the order of learning. */
  readonly rank: number;
  /** What was merged; absent where the order is all that is known. */
  readonly parts?: readonly [TokenView, TokenView];
  readonly piece: TokenView;
}

/** A page of what a tokenizer has learnt. */
export interface PiecePage {
  readonly kind: 'merges' | 'pieces';
  readonly query: string;
  /** From 0. */
  readonly page: number;
  readonly pages: number;
  /** Pieces that match the query, and all of them. */
  readonly found: number;
  readonly total: number;
  readonly rows: readonly LearntPiece[];
}
