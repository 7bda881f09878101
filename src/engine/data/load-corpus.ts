/** Gets the text of a built-in corpus: from a file beside the page, or generated from a fixed seed. */
import { ProblemError } from '../problem.ts';
import type { Corpus, GeneratedCorpus } from './corpora/corpus.ts';
import { RandomSequence } from './random.ts';
import { normalizeText } from './text.ts';

/** Reads a file of the corpora folder; undefined where it does not exist. */
export type ReadCorpusFile = (name: string) => Promise<string | undefined>;

const generatedCharacters = 200_000;
const generatedSeed = 1337;

/** @throws ProblemError 'corpus-unavailable' */
export async function loadCorpus(corpus: Corpus, readFile: ReadCorpusFile): Promise<string> {
  if (corpus.kind === 'generated') return generate(corpus);
  const text = await readFile(`${corpus.id}.txt`);
  if (!text) throw new ProblemError({ where: 'corpus', code: 'corpus-unavailable', values: { corpus: corpus.id } });
  return normalizeText(text);
}

function generate(corpus: GeneratedCorpus): string {
  const random = new RandomSequence(generatedSeed, 0);
  const lines: string[] = [];
  let length = 0;
  while (length < generatedCharacters) {
    const line = corpus.example(random);
    lines.push(line);
    length += line.length + 1;
  }
  return `${lines.join('\n')}\n`;
}
