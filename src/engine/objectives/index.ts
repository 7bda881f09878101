/** Registry of objectives, in the order of the choice. */
import { maskedToken } from './masked-token.ts';
import { nextToken } from './next-token.ts';
import type { Objective } from './objective.ts';

export const objectives: readonly Objective[] = [nextToken, maskedToken];

/** Tokens cut out of a text for `context` positions: enough for any objective, so that the same seed cuts the same
 *  windows for all of them. */
export function commonWindow(context: number): number {
  return Math.max(...objectives.map(({ window }) => window(context)));
}
