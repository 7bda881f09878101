/** Registry of objectives, in the order of the choice. */
import { maskedToken } from './masked-token.ts';
import { nextToken } from './next-token.ts';
import type { Objective } from './objective.ts';

export const objectives: readonly Objective[] = [nextToken, maskedToken];
