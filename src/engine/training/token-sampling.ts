/** Draws the next token from logits: temperature, top-k (Fan et al. 2018), top-p (Holtzman et al. 2020). */
import type { SamplingConfiguration } from '../../contract/configuration.ts';

/** @param logits finite or −Infinity, at least one finite
 *  @param uniform a random number in [0, 1)
 *  @returns the id of a token; ties go to the lower id */
export function sampleToken(
  logits: Float32Array | Float64Array,
  { temperature, topK, topP }: SamplingConfiguration,
  uniform: number,
): number {
  const order = Array.from(logits.keys()).sort((a, b) => logits[b] - logits[a] || a - b);
  if (temperature <= 0) return order[0];
  const kept = topK > 0 ? order.slice(0, topK) : order;
  const largest = logits[order[0]];
  const weights = kept.map((id) => Math.exp((logits[id] - largest) / temperature));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const nucleus = nucleusSize(weights, total * topP);
  const mass = weights.slice(0, nucleus).reduce((sum, weight) => sum + weight, 0);
  let left = uniform * mass;
  for (let i = 0; i < nucleus; i++) {
    left -= weights[i];
    if (left < 0) return kept[i];
  }
  return kept[nucleus - 1];
}

/** How many of the weights, largest first, it takes to reach `mass`; at least one. */
function nucleusSize(weights: readonly number[], mass: number): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) {
    sum += weights[i];
    if (sum >= mass) return i + 1;
  }
  return weights.length;
}
