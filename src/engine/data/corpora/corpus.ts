/** What a built-in corpus is: a text shipped beside the page, or one that is generated. */
import type { CorpusKind, LocalizedText } from '../../../contract/catalog.ts';
import type { RandomSequence } from '../random.ts';

interface CorpusBase {
  readonly id: string;
  readonly label: LocalizedText;
  readonly explanation: LocalizedText;
  readonly kind: CorpusKind;
  readonly language: 'en' | 'zh';
  /** A prompt that suits the corpus. */
  readonly prompt: string;
}

/** A text file made by scripts/corpora.mjs; its name is `${id}.txt`. */
export interface TextCorpus extends CorpusBase {
  readonly kind: 'text';
}

export interface GeneratedCorpus extends CorpusBase {
  readonly kind: 'generated';
  /** One example, without the line end. */
  example(random: RandomSequence): string;
}

export type Corpus = TextCorpus | GeneratedCorpus;
