/** Gets the text of a built-in corpus: from a file beside the page, or generated from a fixed seed. */
import { ProblemError } from '../problem.ts';
import type { Corpus, GeneratedCorpus } from './corpora/corpus.ts';
import { RandomSequence } from './random.ts';
import { streamOf, type TextStream } from './text.ts';

/** Reads a file of the corpora folder; undefined where it does not exist. */
export type ReadCorpusFile = (name: string) => Promise<string | undefined>;

const generatedCharacters = 200_000;
const generatedSeed = 1337;

/** Ids of the text corpora whose files exist, from index.json of the corpora folder. */
export function availableTexts(index: string): string[] {
  const parsed: unknown = JSON.parse(index);
  const list = typeof parsed === 'object' && parsed !== null ? Reflect.get(parsed, 'available') : [];
  return Array.isArray(list) ? list.filter((id) => typeof id === 'string') : [];
}

/** @throws ProblemError 'corpus-unavailable' */
export async function loadCorpus(corpus: Corpus, readFile: ReadCorpusFile): Promise<TextStream> {
  if (corpus.kind === 'generated') return streamOf(generateText(corpus));
  const text = await readFile(`${corpus.id}.txt`);
  if (!text) throw new ProblemError({ where: 'corpus', code: 'corpus-unavailable', values: { corpus: corpus.id } });
  return streamOf(text);
}

/** The same text every time. */
export function generateText(corpus: GeneratedCorpus): string {
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
