/** A piece of held-out text with blanks, the same at every step: what a masked model shows in place of writing. */
import type { Dataset } from '../data/dataset.ts';
import { RandomSequence } from '../data/random.ts';
import { drawPositions } from '../objectives/masked-token.ts';
import type { ObjectiveSettings } from '../objectives/objective.ts';
import type { BlankedPrompt } from './blanks.ts';

/** Stream of the seed that draws these blanks. */
const heldOutStream = 1 << 17;
const longest = 48;

/** The blanks are drawn as training draws them; all of them read [MASK]. */
export function heldOutBlanks(
  { validation }: Dataset,
  context: number,
  seed: number,
  settings: ObjectiveSettings,
): BlankedPrompt {
  // [MASK] may not fit into as few bytes as the text's own tokens.
  const tokens = Int32Array.from(validation.subarray(0, Math.min(longest, context)));
  const random = new RandomSequence(seed, heldOutStream);
  const shape = { batch: 1, context: tokens.length };
  const positions = drawPositions(tokens, shape, tokens.length, random, settings);
  const blanks = new Map(Array.from(positions, (position) => [position, tokens[position]]));
  for (const position of positions) tokens[position] = settings.vocabulary.mask ?? tokens[position];
  return { tokens, blanks };
}
