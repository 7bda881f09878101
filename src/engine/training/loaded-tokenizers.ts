/** Tokenizers out of files, for as long as the page is open: a configuration names one by its id. */
import type { LoadedTokenizer } from '../../contract/vocabulary.ts';
import { tokenizers } from '../data/tokenizers/index.ts';
import type { TokenizerSpec } from '../data/tokenizers/tokenizer.ts';
import { checkTokenizerSize, type FileTokenizer, readTokenizerFile } from '../data/tokenizers/tokenizer-file.ts';
import { ProblemError } from '../problem.ts';
import { find } from './catalog.ts';

export class LoadedTokenizers {
  private readonly byId = new Map<string, FileTokenizer>();

  /** @throws ProblemError at 'tokenizer' for a file that is no tokenizer, or not one of the kinds that work here */
  async open(id: string, file: Blob): Promise<LoadedTokenizer> {
    checkTokenizerSize(file.size);
    const tokenizer = readTokenizerFile(await bytesOf(file));
    this.byId.set(id, tokenizer);
    return { id, kind: tokenizer.kind, vocabulary: tokenizer.vocabulary };
  }

  /** A tokenizer of the registry, or one that was loaded and learns nothing more. */
  spec(id: string): Pick<TokenizerSpec, 'begin'> {
    const loaded = this.byId.get(id);
    if (!loaded) return find(tokenizers, id);
    return { begin: () => ({ add: () => {}, build: () => loaded }) };
  }
}

/** Files can go away between the choice and the reading. */
async function bytesOf(file: Blob): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new ProblemError({ where: 'tokenizer', code: 'tokenizer-unreadable', values: { detail } });
  }
}
