/** Registry of position schemes, in the order of the choice. */
import { learned } from './learned.ts';
import type { PositionScheme } from './position-scheme.ts';
import { rotary } from './rotary.ts';
import { sinusoidal } from './sinusoidal.ts';

export const positionSchemes: readonly PositionScheme[] = [learned, sinusoidal, rotary];
