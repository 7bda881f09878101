/** Fills the blanks of a prompt: which tokens are blanked, and what a masked model puts there, from both sides. */
import type { Blank, BlankPrediction } from '../../contract/results.ts';
import type { Tokenizer } from '../data/tokenizers/tokenizer.ts';
import { maskText } from '../objectives/masked-token.ts';
import type { ObjectiveVocabulary } from '../objectives/vocabulary.ts';
import { ProblemError } from '../problem.ts';
import { bestCandidates, softmax, type TokenViews } from './prediction.ts';
import type { Session } from './session.ts';

/** A prompt as the model reads it. */
export interface BlankedPrompt {
  /** Blanks are [MASK]. */
  readonly tokens: Int32Array;
  /** Positions of the blanks, ascending, and what stood there; undefined where the user wrote [MASK]. */
  readonly blanks: ReadonlyMap<number, number | undefined>;
}

/** One token in so many is blanked where nobody says which. */
const ownBlankInterval = 6;

/** @param text may hold [MASK], each of which is a blank
 *  @param blanks indices of the tokens to blank beside those; left out, and without [MASK], every sixth is
 *  @throws ProblemError 'prompt-empty', 'prompt-no-blank', 'prompt-only-blanks' or 'unknown-characters' */
export function blankPrompt(
  text: string,
  blanks: readonly number[] | undefined,
  tokenizer: Pick<Tokenizer, 'encode'>,
  { mask }: ObjectiveVocabulary,
): BlankedPrompt {
  if (mask === undefined) throw new Error('the vocabulary has no [MASK]');
  const tokens = encodeWithBlanks(text, tokenizer, mask);
  const problem = (code: string) => new ProblemError({ where: 'prompt', code, values: {} });
  if (tokens.length === 0) throw problem('prompt-empty');
  const found = new Map<number, number | undefined>();
  const own = blanks ?? (tokens.includes(mask) ? [] : ownBlanks(tokens.length));
  tokens.forEach((token, position) => {
    if (token === mask) found.set(position, undefined);
    else if (own.includes(position)) found.set(position, token);
  });
  if (found.size === 0) throw problem('prompt-no-blank');
  if (found.size === tokens.length) throw problem('prompt-only-blanks');
  for (const position of found.keys()) tokens[position] = mask;
  return { tokens, blanks: found };
}

function encodeWithBlanks(text: string, tokenizer: Pick<Tokenizer, 'encode'>, mask: number): Int32Array {
  const pieces = text.split(maskText).map((piece) => [...tokenizer.encode(piece, 'prompt')]);
  return Int32Array.from(pieces.flatMap((piece, index) => (index === 0 ? piece : [mask, ...piece])));
}

/** The middle of every group of tokens, and of a prompt that is shorter than one. */
function ownBlanks(length: number): number[] {
  const middle = ownBlankInterval >> 1;
  if (length <= middle) return length > 1 ? [length >> 1] : [];
  return Array.from(
    { length: Math.ceil((length - middle) / ownBlankInterval) },
    (_, i) => middle + i * ownBlankInterval,
  );
}

/** Prompt tokens beyond the context are dropped from the left, and from the right where no blank would be left.
 *  @param step steps the weights have been trained for */
export async function predictBlanks(
  session: Session,
  { tokens, blanks }: BlankedPrompt,
  step: number,
  vocabulary: TokenViews,
): Promise<BlankPrediction> {
  const { context, vocabulary: size } = session.plan.model.configuration;
  const dropped = firstShown(tokens.length, context, [...blanks.keys()]);
  const window = tokens.subarray(dropped, dropped + context);
  const logits = await session.predict(window);
  const { stride } = session.plan.prediction;
  const filled: Blank[] = [];
  for (const [at, token] of blanks) {
    const position = at - dropped;
    if (position < 0 || position >= window.length) continue;
    const probabilities = softmax(logits.subarray(position * stride, position * stride + size));
    const candidates = bestCandidates(probabilities, vocabulary);
    const truth =
      token === undefined ? undefined : { token: vocabulary.view(token), probability: probabilities[token] };
    filled.push({ position, truth, candidates });
  }
  return { step, tokens: Array.from(window, (id) => vocabulary.view(id)), blanks: filled, dropped };
}

function firstShown(length: number, context: number, blanks: readonly number[]): number {
  const dropped = Math.max(0, length - context);
  const last = blanks.at(-1) ?? 0;
  return last >= dropped ? dropped : Math.max(0, last - (context >> 1));
}
