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
}

/** Registry entry: builds a tokenizer from the text it will be used on. */
export interface TokenizerSpec extends CatalogEntry {
  build(text: string): Tokenizer;
}
