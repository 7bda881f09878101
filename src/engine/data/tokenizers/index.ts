/** Registry of tokenizers: one export line each. */
export { bytes } from './bytes.ts';
export { characters } from './characters.ts';
