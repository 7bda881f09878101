/** Registry of objectives: one export line each. */
export { nextToken } from './next-token.ts';
