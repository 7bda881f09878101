/** What a model makes of a prompt: the probability of each token that stands there, and the likeliest ones instead. */
import type { Candidate, Prediction, TokenView } from '../../contract/results.ts';
import type { Session } from './session.ts';

/** Candidates listed per position. */
const listed = 6;

/** What prediction needs of a tokenizer. */
export interface TokenViews {
  view(id: number): TokenView;
}

/** Prompt tokens beyond the context are dropped from the left.
 *  @param tokens at least one
 *  @param step steps the weights have been trained for */
export async function predictPrompt(
  session: Session,
  tokens: Int32Array,
  step: number,
  vocabulary: TokenViews,
): Promise<Prediction> {
  const { context, vocabulary: size } = session.plan.model.configuration;
  const dropped = Math.max(0, tokens.length - context);
  const window = tokens.subarray(dropped);
  const logits = await session.predict(window);
  const { stride } = session.plan.prediction;
  const given: (number | null)[] = [null];
  const candidates: (readonly Candidate[])[] = [[]];
  for (let position = 0; position < window.length; position++) {
    const probabilities = softmax(logits.subarray(position * stride, position * stride + size));
    if (position + 1 < window.length) given.push(probabilities[window[position + 1]]);
    candidates.push(bestCandidates(probabilities, vocabulary));
  }
  return { step, tokens: Array.from(window, (id) => vocabulary.view(id)), given, candidates, dropped };
}

export function softmax(logits: Float32Array): Float64Array {
  let largest = Number.NEGATIVE_INFINITY;
  for (const logit of logits) largest = Math.max(largest, logit);
  const probabilities = Float64Array.from(logits, (logit) => Math.exp(logit - largest));
  const total = probabilities.reduce((sum, value) => sum + value, 0);
  return probabilities.map((value) => value / total);
}

/** The most probable tokens, best first; the lower id first where two are equal. */
export function bestCandidates(probabilities: Float64Array, vocabulary: TokenViews): Candidate[] {
  const top: number[] = [];
  for (let id = 0; id < probabilities.length; id++) {
    if (top.length === listed && probabilities[id] <= probabilities[top[listed - 1]]) continue;
    let at = top.length;
    while (at > 0 && probabilities[id] > probabilities[top[at - 1]]) at -= 1;
    top.splice(at, 0, id);
    top.length = Math.min(top.length, listed);
  }
  return top.map((id) => ({ token: vocabulary.view(id), probability: probabilities[id] }));
}
