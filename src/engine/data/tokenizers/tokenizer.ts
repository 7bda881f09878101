/** What a tokenizer does: text to ids and back, exactly, and each id as the page shows it. */
import type { CatalogEntry } from '../../../contract/catalog.ts';
import type { TokenView } from '../../../contract/results.ts';
import { ProblemError } from '../../problem.ts';

export interface Tokenizer {
  /** Number of ids; they are 0 … vocabulary − 1. */
  readonly vocabulary: number;
  /** Ids that stand for no text, by name, as '[MASK]'. Left out where every id stands for text. */
  readonly specialIds?: ReadonlyMap<string, number>;
  /** decode(encode(text)) === text.
   *  @throws ProblemError 'unknown-characters' with `where` as given, for text the vocabulary can't express */
  encode(text: string, where: 'corpus' | 'prompt'): Int32Array;
  decode(ids: ArrayLike<number>): string;
  view(id: number): TokenView;
  /** Bytes of UTF-8 that a token stands for. Left out where they are those of its text. */
  bytes?(id: number): ArrayLike<number>;
  /** How much of a text that goes on may be encoded now: what follows doesn't change the tokens before this index.
   *  Above 0 for texts of 65,536 characters and more. Left out where each character stands for itself. */
  cut?(text: string): number;
  /** True of a piece that goes on with the word before it. Left out where pieces don't say so. */
  continuesWord?(id: number): boolean;
}

/** Learns a tokenizer from a text that arrives in pieces, none of which ends inside a surrogate pair. */
export interface TokenizerBuilder<T extends Tokenizer = Tokenizer> {
  add(piece: string): void;
  /** Work to be done once all is added and before `build`, in small steps. Yields how far it is, 0 to 1. */
  learn?(): Iterable<number>;
  build(): T;
}

/** Registry entry: begins a tokenizer for the text it will be used on. */
export interface TokenizerSpec extends CatalogEntry {
  /** @param vocabulary number of ids wanted, where they are learnt and not given */
  begin(vocabulary?: number): TokenizerBuilder;
}

/** Learns all that there is to learn, at once. */
export function finish<T extends Tokenizer>(builder: TokenizerBuilder<T>): T {
  for (const _ of builder.learn?.() ?? []);
  return builder.build();
}

/** A tokenizer for a text that is there as a whole. */
export function buildTokenizer(spec: TokenizerSpec, text: string, vocabulary?: number): Tokenizer {
  const builder = spec.begin(vocabulary);
  builder.add(text);
  return finish(builder);
}

/** Shown of the characters that a text must not have. */
const unknownShown = 12;

/** Only a tokenizer out of a file can lack characters of the text it is used on.
 *  @param unknown distinct characters that a vocabulary can't express */
export function unknownCharacters(unknown: readonly string[], where: 'corpus' | 'prompt'): ProblemError {
  const characters = unknown.slice(0, unknownShown).join(' ');
  const code = where === 'corpus' ? 'tokenizer-lacks-characters' : 'unknown-characters';
  return new ProblemError({ where, code, values: { characters, count: unknown.length } });
}
