/** BERT's view of text: cleaned, lower-cased, without accents, cut at white space, signs, and ideographs (Devlin et al. 2019). */
import { lastMatch } from './word-counts.ts';

export interface BertTextOptions {
  /** Control characters go, and every white space becomes a space. */
  readonly cleanText: boolean;
  /** Every ideograph is a word of its own. */
  readonly handleChineseChars: boolean;
  /** null follows `lowercase`. */
  readonly stripAccents: boolean | null;
  readonly lowercase: boolean;
}

export const uncased: BertTextOptions = {
  cleanText: true,
  handleChineseChars: true,
  stripAccents: null,
  lowercase: true,
};

/** Tab and line ends are white space here, not control characters. */
const removed = /[\0\uFFFD]|(?![\t\n\r])[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu;
/** BERT's own ranges, fixed in 2018: later extensions of Unicode are no ideographs to it. */
const ideograph =
  /[\u4E00-\u9FFF\u3400-\u4DBF\u{20000}-\u{2A6DF}\u{2A700}-\u{2B73F}\u{2B740}-\u{2CEAF}\uF900-\uFAFF\u{2F800}-\u{2FA1F}]/gu;
/** Signs of ASCII count as punctuation even where Unicode calls them symbols. */
const word = /[^\s\p{P}!-/:-@[-`{-~]+|[\p{P}!-/:-@[-`{-~]/gu;

export function normalizeBertText(text: string, options: BertTextOptions): string {
  let result = text;
  if (options.cleanText) result = result.replace(removed, '').replace(/\s/gu, ' ');
  if (options.handleChineseChars) result = result.replace(ideograph, ' $& ');
  if (options.lowercase) result = result.toLowerCase();
  if (options.stripAccents ?? options.lowercase) result = result.normalize('NFD').replace(/\p{Mn}/gu, '');
  return result;
}

/** @param text normalized */
export function forEachBertWord(text: string, take: (word: string) => void): void {
  for (const [match] of text.matchAll(word)) take(match);
}

/** Ideographs are words of their own, and no word goes over a space. */
const wordEnd = new RegExp(`[ \\n]|${ideograph.source}`, 'gu');

/** How much of a text that goes on can be cut into words now, for good. */
export function cutAtBertWord(text: string): number {
  return lastMatch(text, wordEnd);
}
