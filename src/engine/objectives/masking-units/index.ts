/** Registry of masking units, in the order of the choice. */
import type { MaskingUnit } from './masking-unit.ts';
import { span } from './span.ts';
import { token } from './token.ts';
import { word } from './word.ts';

export const maskingUnits: readonly MaskingUnit[] = [token, word, span];
