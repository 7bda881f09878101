/** What a run is asked about before anybody has typed: a prompt that its tokenizer can encode. */
import type { RunConfiguration } from '../../contract/configuration.ts';
import { corpora } from '../data/corpora/index.ts';
import type { Tokenizer } from '../data/tokenizers/tokenizer.ts';

/** The corpus's own prompt, or the start of the text where there is none or it can't be encoded. */
export function defaultPrompt(
  { corpus }: RunConfiguration,
  {
    tokenizer,
    report,
  }: { readonly tokenizer: Pick<Tokenizer, 'encode'>; readonly report: { readonly excerpt: string } },
): string {
  const known = corpora.find(({ id }) => id === corpus);
  const fallback = [...report.excerpt].slice(0, 24).join('');
  if (!known) return fallback;
  try {
    tokenizer.encode(known.prompt, 'prompt');
    return known.prompt;
  } catch {
    return fallback;
  }
}
