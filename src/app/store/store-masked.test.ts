/** Masked runs in the store: objective, blanks, and labels. */
import { describe, expect, it } from 'vitest';
import { later, openStore, underFakeTimers } from '../../testing/open-store.ts';

underFakeTimers();

describe('a masked run', () => {
  async function maskedStore() {
    const opened = openStore();
    await later();
    opened.store.actions.setObjective('masked-token');
    await later();
    return opened;
  }

  it('is configured by itself at step 0, and asks for blanks of the same prompt', async () => {
    const { store, configures, posted } = await maskedStore();
    expect(configures().at(-1)).toMatchObject({ configuration: { objective: 'masked-token' } });
    expect(posted.at(-1)).toEqual({ type: 'prompt', text: 'Shall I compare thee to a summer' });
    expect(store.getState().blanks.watch.predictions).toHaveLength(1);
  });

  it('is asked about the blanks that the user chose, once for many clicks', async () => {
    const { store, posted } = await maskedStore();
    const before = posted.length;
    for (const position of [4, 6, 4]) store.actions.toggleBlank(position);
    await later();
    expect(posted.slice(before)).toEqual([
      { type: 'prompt', text: 'Shall I compare thee to a summer', blanks: [2, 6] },
    ]);
  });

  it('keeps the blanks that the user chose through other sizes, but not where tokens are others', async () => {
    const { store } = await maskedStore();
    store.actions.setPrompt('whale ahead');
    await later();
    const chosenAfter = async (path: string, value: string | number) => {
      store.actions.toggleBlank(4);
      await later();
      expect(store.getState().blanks.chosen).toContain(4);
      store.actions.set(path, value);
      await later();
      const { chosen } = store.getState().blanks;
      if (chosen) store.actions.toggleBlank(4);
      return chosen;
    };
    expect(await chosenAfter('model.layers', 5)).toEqual([2, 4]);
    expect(await chosenAfter('tokenizer', 'bytes')).toBeUndefined();
    expect(await chosenAfter('vocabulary', 512)).toBeUndefined();
    expect(await chosenAfter('corpus', 'poems')).toBeUndefined();
  });

  it('that has trained is not given up for another objective without being asked', async () => {
    const { store, configures } = await maskedStore();
    store.actions.step();
    await later();
    const before = configures().length;
    store.actions.setObjective('next-token');
    await later();
    expect(configures()).toHaveLength(before);
    store.actions.startAgain();
    await later();
    expect(store.getState().session.run?.configuration.objective).toBe('next-token');
  });
});

it('labels are asked for once while the user types, and a new run clears the old answer', async () => {
  const { store, posted } = openStore();
  await later();
  for (const text of ['t', 'th', 'the']) store.actions.askLabels({ kind: 'text', text }, 0);
  await later();
  expect(posted.filter(({ type }) => type === 'labels')).toHaveLength(1);
  expect(store.getState().labels.labelled?.source).toEqual({ kind: 'text', text: 'the' });
  store.actions.set('model.layers', 5);
  await later();
  expect(store.getState().labels.labelled).toBeUndefined();
});

it('labels of weights that others have replaced are not shown', async () => {
  const { store } = openStore();
  await later();
  store.actions.askLabels({ kind: 'batch', step: 1, row: 0 }, 0);
  await later();
  store.actions.receive({ type: 'loaded', step: 0 });
  expect(store.getState().labels.labelled).toBeUndefined();
});

it('labels of the same text keep its tokens, so that they need not be drawn again', async () => {
  const { store } = openStore();
  await later();
  const labelled = (text: string) => {
    const tokens = [...text].map((letter) => ({ id: letter.charCodeAt(0), text: letter, kind: 'text' as const }));
    const source = { kind: 'text' as const, text };
    store.actions.receive({
      type: 'labels',
      labelled: { source, draw: 0, step: 1, rows: 1, tokens, labels: [], dropped: 0 },
    });
    return store.getState().labels.labelled?.tokens;
  };
  const first = labelled('whale');
  expect(labelled('whale')).toBe(first);
  expect(labelled('while')).not.toEqual(first);
});
