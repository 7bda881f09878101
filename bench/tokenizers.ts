/** Trains byte-pair and WordPiece vocabularies on 10 MB of varied text, on one thread, and prints what it took as JSON. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { corpora } from '../src/engine/data/corpora/index.ts';
import { loadCorpus } from '../src/engine/data/load-corpus.ts';
import { RandomSequence } from '../src/engine/data/random.ts';
import { BytePairBuilder } from '../src/engine/data/tokenizers/byte-pair.ts';
import { finish, type TokenizerBuilder } from '../src/engine/data/tokenizers/tokenizer.ts';
import { WordPieceBuilder } from '../src/engine/data/tokenizers/word-piece-training.ts';
import { median } from './median.ts';
import { runMain } from './run-main.ts';

const targetBytes = 10_000_000;
const vocabulary = 8192;
const repeats = 3;
/** The text arrives in parts, as a file does. */
const partLength = 1 << 17;

/** Pseudo-words by syllables, common ones far more often than rare ones (Zipf 1935), so that new words never end. */
function inventedText(bytes: number): string {
  const random = new RandomSequence(20, 0);
  const onsets = [
    'b',
    'br',
    'c',
    'd',
    'f',
    'g',
    'gl',
    'h',
    'k',
    'l',
    'm',
    'n',
    'p',
    'r',
    's',
    'st',
    't',
    'tr',
    'v',
    'w',
  ];
  const cores = ['a', 'e', 'i', 'o', 'u', 'ea', 'ou', 'é', 'ü'];
  const codas = ['', '', 'n', 'r', 's', 't', 'l', 'nd', 'ng', 'rt'];
  const syllable = () => random.pick(onsets) + random.pick(cores) + random.pick(codas);
  const words: string[] = Array.from({ length: 400_000 }, () =>
    Array.from({ length: 1 + random.integer(4) }, syllable).join(''),
  );
  const pieces: string[] = [];
  for (let length = 0; length < bytes; ) {
    const word = words[Math.floor(words.length ** random.uniform()) - 1];
    const piece = random.integer(12) === 0 ? `${word}.\n` : `${word} `;
    pieces.push(piece);
    length += Buffer.byteLength(piece);
  }
  return pieces.join('');
}

/** All corpora of the page once, then invented text up to 10 MB. */
async function benchmarkText(): Promise<{ text: string; corpusBytes: number }> {
  const read = async (name: string) => readFileSync(join(process.cwd(), 'public', 'corpora', name), 'utf8');
  const texts = await Promise.all(corpora.map((corpus) => loadCorpus(corpus, read)));
  const real = texts.join('\n');
  const corpusBytes = Buffer.byteLength(real);
  return { text: real + inventedText(targetBytes - corpusBytes), corpusBytes };
}

/** By the clock, and by the processor: the latter is the truer one where other work shares the machine. */
function secondsOf<T>(work: () => T): { seconds: number; cpuSeconds: number; result: T } {
  const before = process.cpuUsage();
  const startMs = performance.now();
  const result = work();
  const seconds = (performance.now() - startMs) / 1000;
  const { user, system } = process.cpuUsage(before);
  return { seconds, cpuSeconds: (user + system) / 1e6, result };
}

function train(builder: TokenizerBuilder, text: string) {
  for (let at = 0; at < text.length; at += partLength) builder.add(text.slice(at, at + partLength));
  return finish(builder);
}

function measure(text: string, begin: () => TokenizerBuilder): object {
  const megabytes = Buffer.byteLength(text) / 1e6;
  const training = Array.from({ length: repeats }, () => secondsOf(() => train(begin(), text)));
  const encoding = training.map(({ result }) => secondsOf(() => result.encode(text, 'corpus')));
  return {
    trainSeconds: median(training.map(({ seconds }) => seconds)),
    trainCpuSeconds: median(training.map(({ cpuSeconds }) => cpuSeconds)),
    trainSecondsAll: training.map(({ seconds }) => seconds),
    encodeMegabytesPerSecond: megabytes / median(encoding.map(({ seconds }) => seconds)),
    encodeMegabytesPerCpuSecond: megabytes / median(encoding.map(({ cpuSeconds }) => cpuSeconds)),
    tokens: encoding[0].result.length,
  };
}

async function main(): Promise<void> {
  const { text, corpusBytes } = await benchmarkText();
  const report = {
    bytes: Buffer.byteLength(text),
    corpusBytes,
    distinctWords: new Set(text.split(/\s+/)).size,
    vocabulary,
    node: process.version,
    bytePair: measure(text, () => new BytePairBuilder(vocabulary)),
    wordPiece: measure(text, () => new WordPieceBuilder(vocabulary)),
  };
  process.stdout.write(`${JSON.stringify(report)}\n`);
}

runMain(main);
