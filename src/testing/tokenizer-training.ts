/** What tests train tokenizers on, and how. */
import { RandomSequence } from '../engine/data/random.ts';
import { finish, type Tokenizer, type TokenizerBuilder } from '../engine/data/tokenizers/tokenizer.ts';
import { fuzzedText } from './fuzzed-text.ts';

/** A text whose words repeat, in two scripts; the references in the tests were learnt from it. */
export const shells =
  "She sells sea shells by the sea shore; the shells she sells are sea shells for sure. aaaa aaa aaaaaaa 海边的海风吹海边的沙。 it's the sea's, they'll tell: 2024 2025 2026\n\n  the sea";

/** Enough text of all kinds for a small vocabulary. */
export function mixedText(separator: string, pieces = 400): string {
  return Array.from({ length: pieces }, (_, seed) => fuzzedText(seed)).join(separator);
}

/** The text in parts of one to nine code units, which cut words and characters anywhere. */
export function inParts(text: string): string[] {
  const random = new RandomSequence(5, 0);
  const parts: string[] = [];
  for (let at = 0; at < text.length; at += parts[parts.length - 1].length) {
    parts.push(text.slice(at, at + 1 + random.integer(9)));
  }
  return parts;
}

/** What a builder learns from a text in parts. */
export function trainOn<T extends Tokenizer>(builder: TokenizerBuilder<T>, ...parts: readonly string[]): T {
  for (const part of parts) builder.add(part);
  return finish(builder);
}
