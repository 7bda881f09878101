/** Tokenizers out of files: read first, chosen then, never at the cost of a trained run, and not in any link. */
import { describe, expect, it } from 'vitest';
import { fakeCatalog } from '../../testing/fake-catalog.ts';
import { later, openStore, trainedStore, underFakeTimers } from '../../testing/open-store.ts';
import { readLink, writeLink } from './link.ts';

underFakeTimers();

const file = new File(['{}'], 'mine.json');

describe('a tokenizer out of a file', () => {
  it('is read by the worker before it is chosen, and then prepared', async () => {
    const { store, posted, configures } = openStore();
    await later();
    store.actions.loadTokenizer(file);
    expect(posted.at(-1)).toMatchObject({ type: 'openTokenizer', id: 'file:1', file });
    expect(store.getState().settings.draft?.tokenizer).toBe('characters');
    await later();
    expect(configures().at(-1)?.configuration.tokenizer).toBe('file:1');
    expect(store.getState().settings.ownTokenizers).toEqual([
      { id: 'file:1', kind: 'byte-pair', vocabulary: 300, name: 'mine.json' },
    ]);
  });

  it('asks before it takes the place of what was trained, which can be kept', async () => {
    const { store, configures } = await trainedStore();
    store.actions.loadTokenizer(file);
    await later();
    expect(store.getState().settings.draft?.tokenizer).toBe('file:1');
    expect(configures()).toHaveLength(1);
    store.actions.keepRun();
    expect(store.getState().settings.draft?.tokenizer).toBe('characters');
    store.actions.set('tokenizer', 'file:1');
    store.actions.startAgain();
    await later();
    expect(configures().at(-1)?.configuration.tokenizer).toBe('file:1');
  });

  it('that is refused changes nothing, and what is wrong with it goes with the next choice', async () => {
    const { store, configures } = openStore();
    await later();
    const { draft } = store.getState().settings;
    const problem = { where: 'tokenizer', code: 'tokenizer-corrupt', values: { detail: 'JSON' } } as const;
    store.actions.receive({ type: 'problem', problem });
    await later();
    expect(store.getState().problems.tokenizer).toBe(problem);
    expect(store.getState().settings.draft).toBe(draft);
    expect(configures()).toHaveLength(1);
    store.actions.set('tokenizer', 'bytes');
    expect(store.getState().problems.tokenizer).toBeUndefined();
  });

  it('is overtaken by one that was chosen after it', async () => {
    const { store } = openStore();
    await later();
    store.actions.loadTokenizer(file);
    store.actions.loadTokenizer(new File(['{}'], 'other.json'));
    await later();
    expect(store.getState().settings.ownTokenizers).toMatchObject([{ id: 'file:2', name: 'other.json' }]);
    expect(store.getState().settings.ownTokenizers).toHaveLength(1);
  });

  it('is handed to the user by its usual name', async () => {
    const { store, files } = openStore();
    await later();
    store.actions.saveTokenizer();
    await later();
    expect(files).toEqual([{ content: '{}', name: 'tokenizer.json' }]);
  });
});

describe('a link', () => {
  const { defaults } = fakeCatalog;
  const usual = { configuration: defaults, sampling: { temperature: 0.8, topK: 0, topP: 0.95 } };
  const reading = (change: Partial<typeof defaults>, more = '') => {
    const link = writeLink('http://localhost/', { ...usual, configuration: { ...defaults, ...change } });
    return readLink(new URL(link).hash + more, fakeCatalog, usual);
  };

  it('says that a tokenizer out of a file is not in it', () => {
    const { settings, problem } = reading({ tokenizer: 'file:1' }) ?? {};
    expect(settings).toEqual(usual);
    expect(problem).toEqual({ where: 'link', code: 'link-custom', values: { missing: 'tokenizer' } });
    expect(reading({ tokenizer: 'file:2', corpus: 'custom' })?.problem?.values).toEqual({ missing: 'both' });
    expect(reading({ tokenizer: 'file:1' }, '&model.experts=8')?.problem).toMatchObject({
      code: 'link-custom-values',
      values: { missing: 'tokenizer', settings: 'model.experts=8' },
    });
  });
});

describe('the view of a tokenizer', () => {
  it('asks once for what was typed last, and forgets its answers with the run', async () => {
    const { store, posted } = openStore();
    await later();
    store.actions.askTokens('a');
    store.actions.askTokens('ab');
    store.actions.askPieces('th', 2);
    await later();
    expect(posted.filter(({ type }) => type === 'tokenize' || type === 'pieces')).toEqual([
      { type: 'tokenize', text: 'ab' },
      { type: 'pieces', query: 'th', page: 2 },
    ]);
    const pieces = { kind: 'merges', query: 'th', page: 0, pages: 1, found: 0, total: 0, rows: [] } as const;
    store.actions.receive({ type: 'pieces', pieces });
    expect(store.getState().vocabulary).toMatchObject({ sentence: 'ab', query: 'th', pieces });
    store.actions.set('tokenizer', 'bytes');
    await later();
    expect(store.getState().vocabulary).toEqual({ sentence: 'ab', query: 'th' });
  });
});
