/** Lets a model write on from a prompt, one token at a time. */
import type { SamplingConfiguration } from '../../contract/configuration.ts';
import { RandomSequence } from '../data/random.ts';
import type { Session } from './session.ts';
import { sampleToken } from './token-sampling.ts';

/** Stream of the seed that sampled tokens use. */
const samplingStream = 1 << 19;

/** @param prompt at least one token
 *  @param step steps the weights have been trained for; the same step and seed write the same text
 *  @returns the tokens after the prompt */
export async function writeOn(
  session: Session,
  prompt: Int32Array,
  count: number,
  sampling: SamplingConfiguration,
  seed: number,
  step: number,
): Promise<Int32Array> {
  const { context, vocabulary } = session.plan.model.configuration;
  const { stride } = session.plan.prediction;
  const random = new RandomSequence(seed, samplingStream + step);
  const tokens = [...prompt];
  for (let i = 0; i < count; i++) {
    const window = Int32Array.from(tokens.slice(-context));
    const logits = await session.predict(window);
    const start = (window.length - 1) * stride;
    tokens.push(sampleToken(logits.subarray(start, start + vocabulary), sampling, random.uniform()));
  }
  return Int32Array.from(tokens.slice(prompt.length));
}
