/** Work on a new run or comparison that can be stopped: by the user, or by a newer wish that is about another text. */
import type { RunConfiguration } from '../../contract/configuration.ts';
import type { Event, TextSource } from '../../contract/messages.ts';
import type { EncodedText } from '../data/encode-text.ts';
import { Cancelled, Pace } from '../data/pace.ts';
import { type CorpusReader, textKey } from './corpus-reader.ts';
import { validateConfiguration } from './validate.ts';

/** What the work at hand has of the preparation. */
export interface Preparing {
  readonly encoded: EncodedText;
  /** Says how far it is, and throws once it is to stop. */
  readonly pace: Pace;
  /** @throws what stopped the work, once nothing is left of what it made */
  keep(made: { destroy(): Promise<void> }): Promise<void>;
}

export class Preparation {
  /** The text that the work under way reads, and what stops it. */
  private current: { readonly key: string; readonly stop: AbortController } | undefined;

  constructor(
    private readonly corpus: CorpusReader,
    private readonly emit: (event: Event) => void,
  ) {}

  /** Stops the work under way. */
  cancel(): void {
    this.current?.stop.abort(new Cancelled('user'));
  }

  /** A text that nobody wants any more need not be read to its end. */
  cancelOther(configuration: RunConfiguration, text: TextSource | undefined): void {
    if (this.current && this.current.key !== textKey(configuration, text)) {
      this.current.stop.abort(new Cancelled('newer'));
    }
  }

  /** Reads the text of a configuration, and lets `work` make something of it.
   *  @throws ProblemError, or Cancelled */
  async run(
    configuration: RunConfiguration,
    text: TextSource | undefined,
    work: (preparing: Preparing) => Promise<void>,
  ): Promise<void> {
    const stop = new AbortController();
    this.current = { key: textKey(configuration, text), stop };
    try {
      validateConfiguration(configuration);
      this.emit({ type: 'progress', task: 'corpus', done: 0, total: 1 });
      const pace = new Pace((task, done, total) => this.emit({ type: 'progress', task, done, total }), stop.signal);
      const keep: Preparing['keep'] = async (made) => {
        if (!stop.signal.aborted) return;
        await made.destroy();
        throw stop.signal.reason;
      };
      await work({ encoded: await this.corpus.read(configuration, text, pace), pace, keep });
    } finally {
      this.current = undefined;
    }
  }
}
