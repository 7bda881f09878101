/** What a tokenizer does: text to ids and back, exactly, and each id as the page shows it. */
import type { CatalogEntry } from '../../../contract/catalog.ts';
import type { TokenView } from '../../../contract/messages.ts';

export interface Tokenizer {
  /** Number of ids; they are 0 … vocabulary − 1. */
  readonly vocabulary: number;
  /** decode(encode(text)) === text.
   *  @throws ProblemError 'unknown-characters' with `where` as given, for text the vocabulary can't express */
  encode(text: string, where: 'corpus' | 'prompt'): Int32Array;
  decode(ids: ArrayLike<number>): string;
  view(id: number): TokenView;
  /** How much of a text that goes on may be encoded now: what follows doesn't change the tokens before this index.
   *  Above 0 for texts of 65,536 characters and more. Left out where each character stands for itself. */
  cut?(text: string): number;
}

/** Learns a tokenizer from a text that arrives in pieces, none of which ends inside a surrogate pair. */
export interface TokenizerBuilder {
  add(piece: string): void;
  build(): Tokenizer;
}

/** Registry entry: begins a tokenizer for the text it will be used on. */
export interface TokenizerSpec extends CatalogEntry {
  begin(): TokenizerBuilder;
}

/** A tokenizer for a text that is there as a whole. */
export function buildTokenizer(spec: TokenizerSpec, text: string): Tokenizer {
  const builder = spec.begin();
  builder.add(text);
  return builder.build();
}
