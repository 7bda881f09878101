/** Text of the user's own: looked at, sent, refused, and never at the cost of a trained run. */
import { describe, expect, it } from 'vitest';
import { later, openStore, trainedStore, underFakeTimers } from '../../testing/open-store.ts';
import type { AppStore } from './store.ts';

underFakeTimers();

describe('own text', () => {
  it('is sent with the configuration', async () => {
    const { store, configures } = openStore();
    await later();
    store.actions.giveText('a text of my own');
    await later();
    expect(configures().at(-1)).toMatchObject({
      text: { content: 'a text of my own' },
      configuration: { corpus: 'custom' },
    });
    expect(store.getState().prediction.prompt).toBe('a text of my own');
  });

  it('asks again when the text is another', async () => {
    const { store, configures } = openStore();
    await later();
    store.actions.giveText('one text');
    await later();
    store.actions.giveText('another text');
    await later();
    expect(configures().at(-1)?.text?.content).toBe('another text');
  });

  it('in a file is looked at before anything is given up for it', async () => {
    const { store, types, configures } = await trainedStore();
    store.actions.giveFile(new File(['{"body":"a"}'], 'a.jsonl'));
    await later();
    expect(types().at(-1)).toBe('inspect');
    expect(configures()).toHaveLength(1);
    expect(store.getState().settings.ownText).toMatchObject({
      name: 'a.jsonl',
      fields: ['body', 'title'],
      field: 'body',
    });
    store.actions.chooseField({ field: 'title' });
    await later();
    store.actions.startAgain();
    await later();
    expect(configures().at(-1)?.text).toMatchObject({ name: 'a.jsonl', field: 'body' });
  });

  it('that is refused leaves settings and run, and can be read in another way', async () => {
    const { store, posted } = openStore();
    await later();
    const { draft } = store.getState().settings;
    store.actions.giveFile(new File(['a'], 'a.txt'));
    const id = store.getState().settings.offered?.id ?? -1;
    const problem = { where: 'corpus', code: 'corpus-undecodable', values: {} } as const;
    store.actions.receive({ type: 'refused', id: id - 1, problem });
    expect(store.getState().problems.corpus).toBeUndefined();
    store.actions.receive({ type: 'refused', id, problem });
    expect(store.getState().problems.corpus).toBe(problem);
    expect(store.getState().settings.draft).toBe(draft);
    store.actions.readAgain({ decoding: 'replace' });
    expect(posted.at(-1)).toMatchObject({ type: 'inspect', source: { name: 'a.txt', decoding: 'replace' } });
    expect(store.getState().settings.offered?.id).not.toBe(id);
    await later();
    expect(store.getState().problems.corpus).toBeUndefined();
  });

  describe('refused beside a text in use', () => {
    /** Uses one file of records; another one was refused. */
    async function refusedStore() {
      const opened = openStore();
      const { store, posted } = opened;
      await later();
      store.actions.giveFile(new File(['{"body":"a"}'], 'good.jsonl'));
      await later();
      store.actions.giveFile(new File(['a'], 'bad.txt'));
      const problem = { where: 'corpus', code: 'corpus-undecodable', values: {} } as const;
      store.actions.receive({ type: 'refused', id: store.getState().settings.offered?.id ?? -1, problem });
      const lastName = () => posted.findLast((command) => command.type === 'inspect')?.source.name;
      return { ...opened, lastName };
    }

    it('is not what another field is chosen of', async () => {
      const { store, lastName } = await refusedStore();
      store.actions.chooseField({ field: 'title' });
      expect(lastName()).toBe('good.jsonl');
    });

    it('is read in another way until its message goes', async () => {
      const goes = {
        dismissed: ({ actions }: AppStore) => actions.dismiss('corpus'),
        'another corpus': ({ actions }: AppStore) => actions.set('corpus', 'poems'),
        'another run': ({ actions }: AppStore) => actions.set('model.layers', 5),
      };
      const asked = await refusedStore();
      asked.store.actions.readAgain({ decoding: 'replace' });
      expect(asked.lastName()).toBe('bad.txt');
      for (const [how, go] of Object.entries(goes)) {
        const { store, lastName } = await refusedStore();
        go(store);
        await later();
        expect(store.getState().problems.corpus, how).toBeUndefined();
        store.actions.readAgain({ decoding: 'replace' });
        expect(lastName(), how).toBe('good.jsonl');
      }
    });
  });

  it('whose reading is stopped gives way to the run before', async () => {
    const { store } = await trainedStore();
    const { run, step } = store.getState().session;
    store.actions.giveText('another text');
    store.actions.startAgain();
    store.actions.receive({ type: 'progress', task: 'corpus', done: 1, total: 4 });
    store.actions.receive({ type: 'cancelled', what: 'run' });
    const { session, settings } = store.getState();
    expect(session).toMatchObject({ run, step, configuring: false, progress: undefined });
    expect(settings.draft).toEqual(run?.configuration);
  });
});
