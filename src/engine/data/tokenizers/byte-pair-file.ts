/** The part of a tokenizer.json that is byte-level byte-pair encoding. */
import { z } from '../../schema.ts';
import { byteCharacter } from './byte-level.ts';
import { type BytePairParts, BytePairTokenizer } from './byte-pair.ts';
import { checkDecoder, corrupt, parseShape, unsupported } from './file-problems.ts';
import type { Merge } from './pair-training.ts';
import type { TokenizerShape } from './tokenizer-file.ts';

/** The encoder keeps a merge's rank beside a position in one number. */
const mostMerges = 2 ** 20;

const model = z.object({
  dropout: z.number().nullish(),
  unk_token: z.string().nullish(),
  continuing_subword_prefix: z.string().nullish(),
  end_of_word_suffix: z.string().nullish(),
  fuse_unk: z.boolean().nullish(),
  byte_fallback: z.boolean().nullish(),
  ignore_merges: z.boolean().nullish(),
  merges: z.union([z.array(z.string()), z.array(z.tuple([z.string(), z.string()]))]),
});

const byteLevel = z.object({
  add_prefix_space: z.boolean().default(false),
  use_regex: z.boolean().default(true),
});

/** @throws ProblemError 'tokenizer-corrupt' or 'tokenizer-unsupported' */
export function readBytePair({
  normalizer,
  preTokenizer,
  decoder,
  model: given,
  pieces,
  added,
}: TokenizerShape): BytePairTokenizer {
  const parsed = parseShape(model, given, ['model']);
  if (normalizer) throw unsupported(`normalizer ${normalizer.type}`);
  if (preTokenizer?.type !== 'ByteLevel') throw unsupported(`pre_tokenizer ${preTokenizer?.type ?? 'null'}`);
  checkDecoder(decoder, 'ByteLevel');
  const { add_prefix_space: addPrefixSpace, use_regex: useRegex } = parseShape(byteLevel, preTokenizer, [
    'pre_tokenizer',
  ]);
  for (const name of ['dropout', 'continuing_subword_prefix', 'end_of_word_suffix', 'byte_fallback'] as const) {
    if (parsed[name]) throw unsupported(`model.${name}`);
  }
  const ids = new Map(pieces.map((piece, id) => [piece, id]));
  const unknown = parsed.unk_token ? ids.get(parsed.unk_token) : undefined;
  const complete = Array.from({ length: 256 }, (_, byte) => byte).every((byte) => ids.has(byteCharacter(byte)));
  if (parsed.fuse_unk && unknown !== undefined && !complete) throw unsupported('model.fuse_unk');
  const merges = readMerges(parsed.merges, ids);
  const ignoreMerges = parsed.ignore_merges ?? false;
  return new BytePairTokenizer({ pieces, merges, added, addPrefixSpace, useRegex, ignoreMerges, unknown });
}

/** Written as 'a b' until 2024, as pairs since. */
function readMerges(given: readonly (string | readonly string[])[], ids: ReadonlyMap<string, number>): Merge[] {
  if (given.length > mostMerges) throw unsupported(`model.merges > ${mostMerges}`);
  return given.map((entry, rank) => {
    const pair = typeof entry === 'string' ? entry.split(' ') : entry;
    const [left, right] = pair.map((piece) => ids.get(piece));
    const merged = ids.get(pair.join(''));
    if (pair.length !== 2 || left === undefined || right === undefined || merged === undefined) {
      throw corrupt(`model.merges.${rank}`);
    }
    return { left, right, merged };
  });
}

/** Merges as strings, which every version of the libraries reads. */
export function writeBytePair({
  pieces,
  merges,
  addPrefixSpace,
  useRegex,
  ignoreMerges,
  unknown,
}: BytePairParts): object {
  const byteLevelOf = (trimOffsets: boolean) => ({
    type: 'ByteLevel',
    add_prefix_space: addPrefixSpace,
    trim_offsets: trimOffsets,
    use_regex: useRegex,
  });
  return {
    normalizer: null,
    pre_tokenizer: byteLevelOf(true),
    post_processor: byteLevelOf(false),
    decoder: byteLevelOf(true),
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: unknown === undefined ? null : pieces[unknown],
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: ignoreMerges,
      vocab: Object.fromEntries(pieces.map((piece, id) => [piece, id])),
      merges: merges.map(({ left, right }) => `${pieces[left]} ${pieces[right]}`),
    },
  };
}
