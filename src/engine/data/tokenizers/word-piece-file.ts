/** The part of a tokenizer.json that is BERT's WordPiece. */
import { z } from '../../schema.ts';
import type { BertTextOptions } from './bert-words.ts';
import { checkDecoder, corrupt, parseShape, unsupported } from './file-problems.ts';
import type { TokenizerShape } from './tokenizer-file.ts';
import { type WordPieceParts, WordPieceTokenizer } from './word-piece.ts';

const model = z.object({
  unk_token: z.string(),
  continuing_subword_prefix: z.string().default('##'),
  max_input_chars_per_word: z.int().min(1).default(100),
});

const bertNormalizer = z.object({
  clean_text: z.boolean().default(true),
  handle_chinese_chars: z.boolean().default(true),
  strip_accents: z.boolean().nullable().default(null),
  lowercase: z.boolean().default(true),
});

const asItIs: BertTextOptions = { cleanText: false, handleChineseChars: false, stripAccents: false, lowercase: false };

/** @throws ProblemError 'tokenizer-corrupt' or 'tokenizer-unsupported' */
export function readWordPiece({
  normalizer,
  preTokenizer,
  decoder,
  model: given,
  pieces,
  added,
}: TokenizerShape): WordPieceTokenizer {
  const parsed = parseShape(model, given, ['model']);
  if (preTokenizer?.type !== 'BertPreTokenizer') throw unsupported(`pre_tokenizer ${preTokenizer?.type ?? 'null'}`);
  checkDecoder(decoder, 'WordPiece');
  const unknown = pieces.indexOf(parsed.unk_token);
  if (unknown < 0) throw corrupt('model.unk_token');
  return new WordPieceTokenizer({
    pieces,
    added,
    text: readNormalizer(normalizer),
    prefix: parsed.continuing_subword_prefix,
    unknown,
    longestWord: parsed.max_input_chars_per_word,
  });
}

function readNormalizer(normalizer: TokenizerShape['normalizer']): BertTextOptions {
  if (!normalizer) return asItIs;
  if (normalizer.type !== 'BertNormalizer') throw unsupported(`normalizer ${normalizer.type}`);
  const parsed = parseShape(bertNormalizer, normalizer, ['normalizer']);
  return {
    cleanText: parsed.clean_text,
    handleChineseChars: parsed.handle_chinese_chars,
    stripAccents: parsed.strip_accents,
    lowercase: parsed.lowercase,
  };
}

export function writeWordPiece({ pieces, text, prefix, unknown, longestWord }: WordPieceParts): object {
  return {
    normalizer: {
      type: 'BertNormalizer',
      clean_text: text.cleanText,
      handle_chinese_chars: text.handleChineseChars,
      strip_accents: text.stripAccents,
      lowercase: text.lowercase,
    },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: sentenceTemplate(pieces),
    decoder: { type: 'WordPiece', prefix, cleanup: true },
    model: {
      type: 'WordPiece',
      unk_token: pieces[unknown],
      continuing_subword_prefix: prefix,
      max_input_chars_per_word: longestWord,
      vocab: Object.fromEntries(pieces.map((piece, id) => [piece, id])),
    },
  };
}

/** [CLS] A [SEP] B [SEP], where the vocabulary has both. */
function sentenceTemplate(pieces: readonly string[]): object | null {
  const [start, end] = ['[CLS]', '[SEP]'];
  const [startId, endId] = [pieces.indexOf(start), pieces.indexOf(end)];
  if (startId < 0 || endId < 0) return null;
  const special = (id: string, type: number) => ({ SpecialToken: { id, type_id: type } });
  const sequence = (id: string, type: number) => ({ Sequence: { id, type_id: type } });
  const single = [special(start, 0), sequence('A', 0), special(end, 0)];
  return {
    type: 'TemplateProcessing',
    single,
    pair: [...single, sequence('B', 1), special(end, 1)],
    special_tokens: {
      [start]: { id: start, ids: [startId], tokens: [start] },
      [end]: { id: end, ids: [endId], tokens: [end] },
    },
  };
}
