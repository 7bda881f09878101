/** Who is ahead of compared runs: their fair scores, and the lead of the best over the next best, token by token. */
import type { Estimate, Lead, Verdict } from '../../contract/results.ts';
import { difference, type Outcomes, score } from './fair-score.ts';

/** @param outcomes of each run, on the same tokens; at least two */
export function judge(outcomes: readonly Outcomes[]): Pick<Verdict, 'scores' | 'accuracy' | 'bits'> {
  const scores = outcomes.map(score);
  const better = (a: number, b: number) => difference(outcomes[a], outcomes[b]).accuracy;
  const surer = (a: number, b: number) => difference(outcomes[b], outcomes[a]).bits;
  return {
    scores,
    accuracy: lead(
      scores.map(({ accuracy }) => -accuracy.value),
      better,
    ),
    bits: lead(
      scores.map(({ bits }) => bits.value),
      surer,
    ),
  };
}

/** @param losses of each run, less being better
 *  @param gap how much better one run is than another */
function lead(losses: readonly number[], gap: (leader: number, other: number) => Estimate): Lead {
  const [leader, other] = [...losses.keys()].sort((a, b) => losses[a] - losses[b] || a - b);
  return { leader, other, gap: gap(leader, other) };
}
