/** Registry of tokenizers, in the order of the choice. */
import { bytes } from './bytes.ts';
import { characters } from './characters.ts';
import type { TokenizerSpec } from './tokenizer.ts';

export const tokenizers: readonly TokenizerSpec[] = [characters, bytes];
