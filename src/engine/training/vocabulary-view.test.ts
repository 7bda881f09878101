/** The view of a tokenizer: tokens with their bytes, the cost of scripts, merges in pages, and files out and in. */
import { Tokenizer as Reference } from '@huggingface/tokenizers';
import { describe, expect, it } from 'vitest';
import { openStudio } from '../../testing/open-studio.ts';
import { ownSource } from '../../testing/own-source.ts';
import { mixedText, shells } from '../../testing/tokenizer-training.ts';
import { bytePair } from '../data/tokenizers/byte-pair.ts';
import { bytes } from '../data/tokenizers/bytes.ts';
import { characters } from '../data/tokenizers/characters.ts';
import { buildTokenizer, type TokenizerSpec } from '../data/tokenizers/tokenizer.ts';
import { wordPiece } from '../data/tokenizers/word-piece-training.ts';
import { ProblemError } from '../problem.ts';
import { VocabularyView } from './vocabulary-view.ts';

const opening = shells.repeat(3);

function viewOf(spec: TokenizerSpec, vocabulary?: number) {
  const tokenizer = buildTokenizer(spec, opening, vocabulary);
  const view = new VocabularyView({ tokenizer, opening });
  const tokenized = (text?: string) => {
    const answer = view.answer({ type: 'tokenize', text });
    if (answer?.type !== 'tokenized') throw new Error('not tokenized');
    return answer.tokenized;
  };
  const page = (query = '', at = 0) => {
    const answer = view.answer({ type: 'pieces', query, page: at });
    return answer?.type === 'pieces' ? answer.pieces : undefined;
  };
  return { tokenizer, view, tokenized, page };
}

describe('a text cut into tokens', () => {
  it('has the ids of the tokenizer, each with its bytes', () => {
    for (const { tokenizer, tokenized } of [viewOf(characters), viewOf(bytes), viewOf(bytePair, 300)]) {
      const { tokens } = tokenized('the 海 sea');
      expect(tokens.map(({ id }) => id)).toEqual([...tokenizer.encode('the 海 sea', 'prompt')]);
      const spelled = Buffer.from(tokens.flatMap((token) => token.bytes)).toString();
      expect(spelled).toBe('the 海 sea');
    }
  });

  it('is the beginning of the run’s text where none is given', () => {
    const { tokens, tokenCount, characters: count, text } = viewOf(characters).tokenized();
    expect([text, tokenCount, count, tokens.length]).toEqual([undefined, opening.length, opening.length, 320]);
  });

  it('says at its own place what it can’t express', () => {
    try {
      viewOf(characters).tokenized('☃');
      expect.unreachable();
    } catch (error) {
      expect(error instanceof ProblemError && error.problem).toMatchObject({
        where: 'tokens',
        code: 'unknown-characters',
      });
    }
  });
});

describe('the cost of a script', () => {
  const costOf = ({ tokenized }: ReturnType<typeof viewOf>, text: string) =>
    Object.fromEntries(tokenized(text).scripts.map(({ script, characters, tokens }) => [script, [tokens, characters]]));
  const text = 'sea 海边, 2026!\n';

  it('is one token a character, or as many as it has bytes', () => {
    const each = { latin: [3, 3], digits: [4, 4], punctuation: [2, 2], spaces: [3, 3] };
    expect(costOf(viewOf(bytes), text)).toEqual({ ...each, han: [6, 2] });
    expect(costOf(viewOf(characters), 'sea 海边,')).toEqual({
      latin: [3, 3],
      han: [2, 2],
      spaces: [1, 1],
      punctuation: [1, 1],
    });
  });

  it('falls with merges, and a space belongs to the word after it', () => {
    const learnt = viewOf(bytePair, 320);
    expect(learnt.tokenized(' sea sea').tokens.map(({ text }) => text)).toEqual([' sea', ' sea']);
    expect(costOf(learnt, ' sea sea')).toEqual({ latin: [2, 6], spaces: [0, 2] });
  });

  it('leaves out what the vocabulary can’t spell, and counts it', () => {
    const { scripts, unknown, tokens } = viewOf(wordPiece, 60).tokenized('sea ☃ sea');
    expect(scripts).toEqual([
      { script: 'latin', characters: 6, tokens: 2 },
      { script: 'spaces', characters: 2, tokens: 0 },
      { script: 'punctuation', characters: 1, tokens: 0 },
    ]);
    expect([unknown, tokens[1]]).toEqual([1, { id: 1, text: '[UNK]', kind: 'special', bytes: [] }]);
  });
});

describe('what was learnt', () => {
  it('is the merges in their order, each with what it made', () => {
    const { tokenizer, page } = viewOf(bytePair, 310);
    const first = page();
    expect(first).toMatchObject({ kind: 'merges', page: 0, pages: 2, found: 54, total: 54 });
    expect(first?.rows).toHaveLength(50);
    expect(page('', 1)?.rows.map(({ rank }) => rank)).toEqual([51, 52, 53, 54]);
    for (const { rank, parts, piece } of first?.rows ?? []) {
      expect(piece).toEqual(tokenizer.view(255 + rank));
      const spelled = parts?.flatMap(({ id }) => Array.from(tokenizer.bytes?.(id) ?? []));
      expect(spelled).toEqual(Array.from(tokenizer.bytes?.(piece.id) ?? []));
    }
  });

  it('can be searched, and has a last page', () => {
    const { page } = viewOf(bytePair, 310);
    const found = page('sh', 99);
    expect(found?.page).toBe((found?.pages ?? 0) - 1);
    expect(found?.rows.length).toBeGreaterThan(0);
    for (const { piece } of found?.rows ?? []) expect(piece.text).toContain('sh');
    expect(page('zzz')).toMatchObject({ rows: [], found: 0, pages: 1 });
  });

  it('is the pieces of WordPiece but its special tokens, and nothing elsewhere', () => {
    const { rows, kind } = viewOf(wordPiece, 60).page() ?? {};
    expect(kind).toBe('pieces');
    expect(rows?.[0].parts).toBeUndefined();
    expect(rows?.map(({ piece }) => piece.text)).not.toContain('[UNK]');
    expect([viewOf(characters).page(), viewOf(bytes).page()]).toEqual([undefined, undefined]);
  });
});

describe('a tokenizer out of a file', () => {
  const text = ownSource(mixedText(' ', 300));
  const small = { tokenizer: 'byte-pair', vocabulary: 400 };

  it.each(['byte-pair', 'word-piece'])(
    'of this page gives the same ids here and in the reference (%s)',
    async (kind) => {
      const { studio, last, small: run } = await openStudio();
      await studio.handle({ type: 'configure', configuration: { ...run, ...small, tokenizer: kind }, text });
      await studio.handle({ type: 'saveTokenizer' });
      const { file } = last('tokenizerFile');
      const ask = async () => {
        await studio.handle({ type: 'tokenize', text: shells });
        return last('tokenized').tokenized.tokens.map(({ id }) => id);
      };
      const before = await ask();
      await studio.handle({ type: 'openTokenizer', id: 'file:1', file: new Blob([file]) });
      expect(last('tokenizerOpened').tokenizer).toEqual({ id: 'file:1', kind, vocabulary: 400 });
      await studio.handle({ type: 'configure', configuration: { ...run, tokenizer: 'file:1' }, text });
      expect(last('prepared').run.plan.vocabulary).toBe(400);
      expect(await ask()).toEqual(before);
      const reference = new Reference(JSON.parse(file), {});
      expect(before).toEqual(reference.encode(shells, { add_special_tokens: false }).ids);
    },
  );

  it('that is no tokenizer is refused at its own place, whatever else is under way, and the run stays', async () => {
    const { studio, events, last, small: run } = await openStudio();
    await studio.handle({ type: 'configure', configuration: run, text });
    const refused = async (file: Blob) => {
      await studio.handle({ type: 'openTokenizer', id: 'file:1', file });
      return last('problem').problem;
    };
    expect(await refused(new Blob(['{']))).toMatchObject({ where: 'tokenizer', code: 'tokenizer-corrupt' });
    const unigram = JSON.stringify({ model: { type: 'Unigram', vocab: [['a', -1]] } });
    expect(await refused(new Blob([unigram]))).toMatchObject({ where: 'tokenizer', code: 'tokenizer-unsupported' });
    const gone = new Blob(['{}']);
    gone.arrayBuffer = () => Promise.reject(new Error('gone'));
    expect(await refused(gone)).toMatchObject({ where: 'tokenizer', code: 'tokenizer-unreadable' });
    // Too large by its length alone: nothing of it is read.
    Object.defineProperty(gone, 'size', { value: 1e9 });
    expect(await refused(gone)).toMatchObject({ where: 'tokenizer', code: 'tokenizer-too-large' });
    expect(events.filter(({ type }) => type === 'tokenizerOpened')).toEqual([]);
    await studio.handle({ type: 'step' });
    expect(last('status')).toMatchObject({ status: 'paused', step: 1 });
  });

  it('that lacks a character of the text is told from a prompt that has one', async () => {
    const { studio, last, small: run } = await openStudio();
    const vocab = { a: 0, b: 1, ab: 2 };
    const model = { type: 'BPE', vocab, merges: ['a b'] };
    const file = new Blob([JSON.stringify({ pre_tokenizer: { type: 'ByteLevel', use_regex: false }, model })]);
    await studio.handle({ type: 'openTokenizer', id: 'file:1', file });
    await studio.handle({ type: 'configure', configuration: { ...run, tokenizer: 'file:1' }, text });
    expect(last('problem').problem).toMatchObject({ where: 'corpus', code: 'tokenizer-lacks-characters' });
  });
});
