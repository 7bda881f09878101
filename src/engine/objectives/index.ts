/** Registry of objectives, in the order of the choice. */
import { nextToken } from './next-token.ts';
import type { Objective } from './objective.ts';

export const objectives: readonly Objective[] = [nextToken];
