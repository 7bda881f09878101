/** Reads the text that a configuration names into tokens, and keeps the last one: most settings leave the text as it is. */
import type { RunConfiguration } from '../../contract/configuration.ts';
import type { TextSource } from '../../contract/messages.ts';
import { corpora } from '../data/corpora/index.ts';
import { type EncodedText, encodeText } from '../data/encode-text.ts';
import { loadCorpus, type ReadCorpusFile } from '../data/load-corpus.ts';
import type { Pace } from '../data/pace.ts';
import { openSource } from '../data/sources/source.ts';
import type { TextStream } from '../data/text.ts';
import { ProblemError } from '../problem.ts';
import { find } from './catalog.ts';
import type { LoadedTokenizers } from './loaded-tokenizers.ts';

/** The same for configurations that have the same tokens. */
export function textKey({ corpus, tokenizer, vocabulary }: RunConfiguration, text: TextSource | undefined): string {
  return JSON.stringify([corpus, tokenizer, vocabulary, text?.id]);
}

export class CorpusReader {
  private kept: { readonly key: string; readonly encoded: EncodedText } | undefined;

  constructor(
    private readonly readCorpusFile: ReadCorpusFile,
    private readonly tokenizers: LoadedTokenizers,
  ) {}

  /** @throws ProblemError for a text that can't be read, or what `pace` throws when it is stopped */
  async read(configuration: RunConfiguration, text: TextSource | undefined, pace: Pace): Promise<EncodedText> {
    const key = textKey(configuration, text);
    if (this.kept?.key === key) return this.kept.encoded;
    const stream = await this.open(configuration.corpus, text);
    const { tokenizer, vocabulary } = configuration;
    const encoded = await encodeText(stream, this.tokenizers.spec(tokenizer), pace, vocabulary);
    this.kept = { key, encoded };
    return encoded;
  }

  private open(corpus: string, text: TextSource | undefined): Promise<TextStream> | TextStream {
    if (text) return openSource(text);
    if (corpus !== 'custom') return loadCorpus(find(corpora, corpus), this.readCorpusFile);
    throw new ProblemError({ where: 'corpus', code: 'corpus-empty', values: {} });
  }
}
