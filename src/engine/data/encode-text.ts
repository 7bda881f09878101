/** From a text in pieces to compact tokens: one pass for the vocabulary, one for the tokens, never the whole text.
 *
 *  Memory, beside the pieces at hand (a few MB) and the tokenizer: the tokens, each of 1, 2 or 4 bytes by the
 *  vocabulary. The list is sized by how much of the text its first tokens took, so that a text of one kind
 *  throughout takes 1.02 times its tokens; at worst, where the text changes, it is copied once it is full into one
 *  half as large again: 2.5 times for that moment. A text of 200 MB in characters: 204 MB, at worst 500 MB. */
import { ProblemError } from '../problem.ts';
import type { Pace } from './pace.ts';
import { beginningOf, excerptOf, type TextStream, utf8Length } from './text.ts';
import { type TokenArray, TokenList } from './token-list.ts';
import type { Tokenizer, TokenizerBuilder, TokenizerSpec } from './tokenizers/tokenizer.ts';

/** Characters that an opening has at least, where the text has as many. */
const openingCharacters = 50_000;

export interface EncodedText {
  readonly tokenizer: Tokenizer;
  readonly tokens: TokenArray;
  /** UTF-16 code units. */
  readonly characters: number;
  /** In UTF-8. */
  readonly bytes: number;
  readonly excerpt: string;
  /** Its first characters, for looking at how they are cut. */
  readonly opening: string;
}

/** @param vocabulary ids wanted, where the tokenizer learns them
 *  @throws ProblemError 'corpus-empty', 'vocabulary-too-large', or what is wrong with the source */
export async function encodeText(
  stream: TextStream,
  spec: Pick<TokenizerSpec, 'begin'>,
  pace: Pace,
  vocabulary?: number,
): Promise<EncodedText> {
  const { tokenizer, ...measures } = await readVocabulary(stream, spec.begin(vocabulary), pace);
  return { ...measures, tokenizer, tokens: await readTokens(stream, tokenizer, pace) };
}

async function readVocabulary(stream: TextStream, builder: TokenizerBuilder, pace: Pace) {
  let [characters, bytes, opening, isBlank] = [0, 0, '', true];
  for await (const { text, done } of stream.pieces()) {
    builder.add(text);
    characters += text.length;
    bytes += utf8Length(text);
    if (opening.length < openingCharacters) opening += beginningOf(text, openingCharacters);
    isBlank &&= text.trim() === '';
    await pace.tick('corpus', done, stream.total);
  }
  if (isBlank) throw new ProblemError({ where: 'corpus', code: 'corpus-empty', values: {} });
  for (const share of builder.learn?.() ?? []) await pace.tick('vocabulary', share, 1);
  return { tokenizer: builder.build(), characters, bytes, excerpt: excerptOf(opening), opening };
}

async function readTokens(stream: TextStream, tokenizer: Tokenizer, pace: Pace): Promise<TokenArray> {
  const tokens = new TokenList(tokenizer.vocabulary);
  let rest = '';
  for await (const { text, done } of stream.pieces()) {
    const whole = rest + text;
    const end = tokenizer.cut?.(whole) ?? whole.length;
    tokens.append(tokenizer.encode(whole.slice(0, end), 'corpus'), Math.max(done, 1) / stream.total);
    rest = whole.slice(end);
    await pace.tick('tokenize', done, stream.total);
  }
  if (rest !== '') tokens.append(tokenizer.encode(rest, 'corpus'), 1);
  return tokens.finish();
}
