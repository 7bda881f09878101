/** What a weight format is: the names that a Hugging Face model gives its tensors. */

/** How a Hugging Face model names its weights. */
export interface WeightFormat {
  /** Name in files that we write. */
  fileName(name: string): string;
  /** Our name of a tensor in a file, whichever of the names in use it has. */
  ownName(fileName: string): string;
  /** What files carry along that is no parameter of ours, by our naming. */
  readonly ignored: RegExp;
  /** Names that files may give to a copy of another tensor, and that tensor. */
  readonly copies: readonly (readonly [copy: string, original: string])[];
}
