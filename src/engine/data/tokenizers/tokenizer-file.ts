/** Reads and writes tokenizer.json, the file in which Hugging Face's libraries keep a tokenizer. */

import { ProblemError } from '../../problem.ts';
import { z } from '../../schema.ts';
import type { AddedToken } from './added-tokens.ts';
import { BytePairTokenizer } from './byte-pair.ts';
import { readBytePair, writeBytePair } from './byte-pair-file.ts';
import { corrupt, parseShape, unsupported } from './file-problems.ts';
import type { WordPieceTokenizer } from './word-piece.ts';
import { readWordPiece, writeWordPiece } from './word-piece-file.ts';

export type FileTokenizer = BytePairTokenizer | WordPieceTokenizer;

/** The largest in common use have 128,000 to 262,144 pieces. */
const largestFile = 32 * 2 ** 20;
const largestVocabulary = 2 ** 18;

const component = z.looseObject({ type: z.string() }).nullish();

const addedToken = z.object({
  id: z
    .int()
    .min(0)
    .max(largestVocabulary - 1),
  content: z.string().min(1),
  single_word: z.boolean().default(false),
  lstrip: z.boolean().default(false),
  rstrip: z.boolean().default(false),
  normalized: z.boolean().optional(),
  special: z.boolean().default(false),
});

const tokenizerFile = z.object({
  added_tokens: z.array(addedToken).max(largestVocabulary).default([]),
  normalizer: component,
  pre_tokenizer: component,
  decoder: component,
  model: z.looseObject({ type: z.string().optional(), vocab: z.unknown() }),
});

/** What the two kinds are read from. */
export interface TokenizerShape {
  readonly normalizer: z.infer<typeof component>;
  readonly preTokenizer: z.infer<typeof component>;
  readonly decoder: z.infer<typeof component>;
  readonly model: object;
  /** Pieces by id, added tokens among them. */
  readonly pieces: readonly string[];
  readonly added: readonly AddedToken[];
}

/** @throws ProblemError 'tokenizer-too-large' */
export function checkTokenizerSize(bytes: number): void {
  if (bytes <= largestFile) return;
  const values = { bytes, limit: largestFile };
  throw new ProblemError({ where: 'tokenizer', code: 'tokenizer-too-large', values });
}

/** @throws ProblemError 'tokenizer-too-large', 'tokenizer-corrupt' or 'tokenizer-unsupported' */
export function readTokenizerFile(file: Uint8Array): FileTokenizer {
  checkTokenizerSize(file.length);
  const parsed = parseShape(tokenizerFile, parseJson(file));
  const added = parsed.added_tokens.map((token): AddedToken => {
    const { id, content, lstrip, rstrip, special } = token;
    if (token.single_word) throw unsupported('added_tokens single_word');
    return { id, content, lstrip, rstrip, special, normalized: token.normalized ?? !special };
  });
  const shape: TokenizerShape = {
    normalizer: parsed.normalizer,
    preTokenizer: parsed.pre_tokenizer,
    decoder: parsed.decoder,
    model: parsed.model,
    pieces: piecesById(parsed.model.vocab, added),
    added,
  };
  const kind = kindOf(parsed.model);
  if (kind === 'BPE') return readBytePair(shape);
  if (kind === 'WordPiece') return readWordPiece(shape);
  throw unsupported(`model ${kind}`);
}

export function writeTokenizerFile(tokenizer: FileTokenizer): string {
  const parts =
    tokenizer instanceof BytePairTokenizer ? writeBytePair(tokenizer.parts) : writeWordPiece(tokenizer.parts);
  const added = tokenizer.parts.added.map(({ id, content, lstrip, rstrip, normalized, special }) => {
    return { id, content, single_word: false, lstrip, rstrip, normalized, special };
  });
  return JSON.stringify({ version: '1.0', truncation: null, padding: null, added_tokens: added, ...parts }, null, 1);
}

function parseJson(file: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(file));
  } catch {
    throw corrupt('JSON');
  }
}

/** Early files, GPT-2's and BERT's own among them, don't say what they are. */
function kindOf(model: { type?: string; vocab?: unknown }): string {
  if (model.type !== undefined) return model.type;
  if ('merges' in model) return 'BPE';
  if (Array.isArray(model.vocab)) return 'Unigram';
  return 'continuing_subword_prefix' in model ? 'WordPiece' : 'WordLevel';
}

/** Ids must be 0, 1, 2, … without a gap, since a model has a row for each. */
function piecesById(vocab: unknown, added: readonly AddedToken[]): string[] {
  if (Array.isArray(vocab)) throw unsupported('model Unigram');
  if (typeof vocab !== 'object' || vocab === null) throw corrupt('model.vocab');
  const pieces: string[] = [];
  const place = (id: unknown, piece: string) => {
    const valid = typeof id === 'number' && Number.isInteger(id) && id >= 0 && id < largestVocabulary;
    if (!valid) throw corrupt(`model.vocab ${JSON.stringify(piece)}`);
    pieces[id] = piece;
  };
  const entries = Object.entries(vocab);
  if (entries.length > largestVocabulary) throw unsupported(`model.vocab > ${largestVocabulary}`);
  for (const [piece, id] of entries) {
    if (typeof id === 'number' && pieces[id] !== undefined) throw corrupt(`model.vocab ${id}`);
    place(id, piece);
  }
  for (const { id, content } of added) place(id, content);
  const gap = Array.from(pieces).indexOf(undefined as never);
  if (gap >= 0 || pieces.length === 0) throw corrupt(`model.vocab ${Math.max(0, gap)}`);
  return pieces;
}
