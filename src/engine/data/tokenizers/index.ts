/** Registry of tokenizers, in the order of the choice. */
import { bytePair } from './byte-pair.ts';
import { bytes } from './bytes.ts';
import { characters } from './characters.ts';
import type { TokenizerSpec } from './tokenizer.ts';
import { wordPiece } from './word-piece-training.ts';

export const tokenizers: readonly TokenizerSpec[] = [characters, bytes, bytePair, wordPiece];
