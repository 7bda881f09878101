/** Registry of architectures: one export line each. */
export { gpt } from './gpt.ts';
