/** What the engine offers, as plain data, so that the page draws its controls from it. */
import type { ModelConfiguration, RunConfiguration } from './configuration.ts';

/** A string in every language of the page. */
export interface LocalizedText {
  readonly en: string;
  readonly zh: string;
}

/** One choice in a registry: an objective, a tokenizer, a schedule, a model family. */
export interface CatalogEntry {
  readonly id: string;
  readonly label: LocalizedText;
  /** One sentence, shown on demand. */
  readonly explanation: LocalizedText;
}

/** Where a built-in corpus comes from. */
export type CorpusKind = 'text' | 'generated';

export interface CorpusEntry extends CatalogEntry {
  readonly kind: CorpusKind;
  /** Main language of the text, for fonts and line breaking. */
  readonly language: 'en' | 'zh';
  /** A prompt that suits the corpus. */
  readonly prompt: string;
  /** False where the extract was not fetched at build time; it can't be chosen then. */
  readonly available: boolean;
}

export interface ModelPreset {
  readonly id: string;
  readonly label: LocalizedText;
  readonly model: ModelConfiguration;
}

/** A number the user can set. `path` names it inside RunConfiguration, as 'model.layers'. */
export interface NumberField {
  readonly path: string;
  readonly label: LocalizedText;
  readonly explanation: LocalizedText;
  /** Unit as shown behind the number, empty where it has none. */
  readonly unit: LocalizedText;
  readonly minimum: number;
  readonly maximum: number;
  /** Smallest difference between two values on a linear scale. */
  readonly step: number;
  readonly scale: 'linear' | 'logarithmic';
  /** True where a change takes effect without a restart. */
  readonly live: boolean;
  /** Ids of the tokenizers that it applies to; absent where it always applies. */
  readonly tokenizers?: readonly string[];
}

/** An objective, with the numbers that count for it alone. */
export interface ObjectiveEntry extends CatalogEntry {
  /** What a position attends to in a run of this objective where its configuration leaves that out. */
  readonly attention: string;
  readonly fields: readonly NumberField[];
  /** True: it can write on from a prompt. False: it fills blanks. */
  readonly writesOn: boolean;
}

/** An architecture, with what it is made of where a configuration leaves that out; in a run, the objective's choice of
 *  attention comes first. */
export interface FamilyEntry extends CatalogEntry {
  readonly own: { readonly norm: string; readonly attention: string; readonly positions: string };
}

export interface Catalog {
  readonly corpora: readonly CorpusEntry[];
  readonly tokenizers: readonly CatalogEntry[];
  readonly objectives: readonly ObjectiveEntry[];
  /** What masking can choose together: tokens, words, spans. */
  readonly maskingUnits: readonly CatalogEntry[];
  readonly families: readonly FamilyEntry[];
  readonly norms: readonly CatalogEntry[];
  readonly attentions: readonly CatalogEntry[];
  readonly positions: readonly CatalogEntry[];
  readonly schedules: readonly CatalogEntry[];
  /** What can happen to activations until the backward pass. */
  readonly activations: readonly CatalogEntry[];
  readonly precisions: readonly CatalogEntry[];
  readonly presets: readonly ModelPreset[];
  readonly fields: readonly NumberField[];
  /** The run the page opens with on this device. */
  readonly defaults: RunConfiguration;
}
