/** What a masking unit is: which positions of a window are chosen together. */
import type { CatalogEntry } from '../../../contract/catalog.ts';
import type { RandomSequence } from '../../data/random.ts';
import type { ObjectiveVocabulary } from '../vocabulary.ts';

export interface MaskingUnit extends CatalogEntry {
  /** How much more the number of chosen positions varies than if each were chosen alone: a factor on the variance. */
  readonly spread: number;
  /** Sets 1 in `chosen` for a share `rate` of a window's positions, on average, and 0 for the others. */
  choose(
    chosen: Uint8Array,
    window: Int32Array,
    rate: number,
    random: RandomSequence,
    vocabulary: ObjectiveVocabulary,
  ): void;
}
