/** A link sets up its run, says what it could not use, and asks before it replaces what was trained. */
import { describe, expect, it } from 'vitest';
import type { Command } from '../../contract/messages.ts';
import { fakeCatalog } from '../../testing/fake-catalog.ts';
import { later, openStore, trainedStore, underFakeTimers } from '../../testing/open-store.ts';
import { createAppStore } from './store.ts';

underFakeTimers();

/** A store that waits for its first run. */
function unansweredStore(hash: string) {
  const posted: Command[] = [];
  const post = (command: Command) => posted.push(command);
  const store = createAppStore({ pageUrl: '', hash, post, keepFile: () => {} });
  const backend = { kind: 'cpu', adapter: '', software: true } as const;
  store.actions.receive({ type: 'ready', backend, catalog: fakeCatalog });
  return { store, posted };
}

describe('a link', () => {
  it('sets up its run at once, and its sampling', async () => {
    const { store, configures, posted } = openStore('#model.layers=7&sampling.topK=40&corpus=poems');
    await later();
    expect(configures()).toHaveLength(1);
    expect(store.getState().session.run?.configuration).toMatchObject({ corpus: 'poems', model: { layers: 7 } });
    expect(posted).toContainEqual({ type: 'adjust', sampling: { temperature: 0.8, topK: 40, topP: 0.95 } });
    expect(store.getState().problems).toEqual({});
  });

  it('with a bad value says so, and the message stays when the run is ready', async () => {
    const { store } = openStore('#model.layers=99&model.context=64');
    await later();
    expect(store.getState().session.run?.configuration.model).toMatchObject({ layers: 4, context: 64 });
    expect(store.getState().problems.link?.values).toEqual({ settings: 'model.layers=99' });
  });

  it('to a text that the tab has kept trains on that, and without one says what is missing', async () => {
    const link = '#corpus=custom&model.layers=7';
    const { store, configures } = openStore(link, 'a text that was pasted before');
    await later();
    expect(configures()).toHaveLength(1);
    expect(configures()[0]).toMatchObject({
      configuration: { corpus: 'custom', model: { layers: 7 } },
      text: { content: 'a text that was pasted before', name: '' },
    });
    expect(store.getState().problems).toEqual({});
    const without = openStore(link);
    await later();
    expect(without.configures()[0].text).toBeUndefined();
    expect(without.store.getState().problems.link?.values).toEqual({ missing: 'text' });
  });

  it('to another text leaves the kept one out', async () => {
    const { configures } = openStore('#corpus=poems', 'a text that was pasted before');
    await later();
    expect(configures()[0]).toMatchObject({ configuration: { corpus: 'poems' }, text: undefined });
  });

  it('opened while the first run is prepared sets up its own', async () => {
    const { store, posted } = unansweredStore('');
    store.actions.openLink('#model.layers=7');
    await later();
    expect(posted.at(-1)).toMatchObject({ type: 'configure', configuration: { model: { layers: 7 } } });
  });

  it('opened later asks before it replaces what was trained', async () => {
    const { store, configures } = await trainedStore();
    store.actions.openLink('#model.layers=7');
    await later();
    expect(configures()).toHaveLength(1);
    expect(store.getState().settings.draft?.model.layers).toBe(7);
    store.actions.startAgain();
    await later();
    expect(store.getState().session.run?.configuration.model.layers).toBe(7);
  });

  it('that this device cannot set up gives way to the usual settings, with the reason', async () => {
    const { store, posted } = unansweredStore('#model.layers=12');
    const problem = { where: 'model' as const, code: 'model-too-large', values: { bytes: 2, limit: 1 } };
    store.actions.receive({ type: 'problem', problem });
    expect(posted.at(-1)).toEqual({ type: 'configure', configuration: fakeCatalog.defaults, text: undefined });
    expect(store.getState().problems).toEqual({ link: { ...problem, where: 'link' } });
    store.actions.receive({ type: 'problem', problem });
    expect(posted.filter(({ type }) => type === 'configure')).toHaveLength(2);
  });
});

describe('a link into a comparison', () => {
  it('opens it, with its pace, once there is a run', async () => {
    const { store, types } = openStore('#objective=masked-token&compare=compute');
    await later();
    expect(types().filter((type) => type === 'compare').length).toBe(1);
    expect(store.getState().comparison).toMatchObject({ isOpen: true, pace: 'compute' });
    expect(store.getState().problems.link).toBeUndefined();
  });
});
