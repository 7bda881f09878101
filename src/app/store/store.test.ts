/** What the user does becomes commands, and nothing trained is given up without being asked. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Command, Event } from '../../contract/messages.ts';
import { fakeCatalog } from '../../testing/fake-catalog.ts';
import { FakeWorker } from '../../testing/fake-worker.ts';
import type { AppState } from './state.ts';
import { createAppStore } from './store.ts';

const later = () => vi.advanceTimersByTimeAsync(1000);

function openStore(hash = '') {
  const posted: Command[] = [];
  const files: ArrayBuffer[] = [];
  const worker = new FakeWorker((event: Event) => store.actions.receive(event));
  const store = createAppStore({
    pageUrl: 'http://localhost/',
    hash,
    post: (command) => {
      posted.push(command);
      worker.post(command);
    },
    keepFile: (file) => files.push(file),
  });
  store.actions.open('auto');
  const types = () => posted.map(({ type }) => type);
  const configures = () => posted.filter((command) => command.type === 'configure');
  return { store, posted, files, types, configures };
}

async function trainedStore() {
  const opened = openStore();
  await later();
  opened.store.actions.train();
  await later();
  opened.store.actions.pause();
  await later();
  expect(opened.store.getState().session.step).toBeGreaterThan(0);
  return opened;
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('opening', () => {
  it('configures the defaults, then asks for the prompt of the corpus', async () => {
    const { store, types, posted } = openStore();
    await later();
    expect(types()).toEqual(['open', 'configure', 'adjust', 'prompt']);
    expect(posted.at(-1)).toEqual({ type: 'prompt', text: 'Shall I compare thee to a summer' });
    expect(store.getState().prediction.watch.predictions).toHaveLength(1);
  });
});

describe('settings', () => {
  it('at step 0 configure by themselves, once for many changes', async () => {
    const { store, configures } = openStore();
    await later();
    for (const layers of [5, 6, 7]) store.actions.set('model.layers', layers);
    await later();
    expect(configures()).toHaveLength(2);
    expect(store.getState().session.run?.configuration.model.layers).toBe(7);
  });

  it('after training wait for the word to start again', async () => {
    const { store, configures } = await trainedStore();
    store.actions.set('model.layers', 7);
    await later();
    expect(configures()).toHaveLength(1);
    expect(store.getState().session.step).toBeGreaterThan(0);
    store.actions.startAgain();
    await later();
    expect(configures()).toHaveLength(2);
    expect(store.getState().session.step).toBe(0);
  });

  it('can be given up for the run that is there', async () => {
    const { store, configures } = await trainedStore();
    store.actions.set('model.layers', 7);
    store.actions.keepRun();
    await later();
    expect(configures()).toHaveLength(1);
    expect(store.getState().settings.draft).toEqual(store.getState().session.run?.configuration);
  });

  it('are planned before anything is allocated', async () => {
    const { store, types } = await trainedStore();
    const before = store.getState().settings.plan?.parameters ?? 0;
    store.actions.set('model.layers', 8);
    await later();
    expect(types().at(-1)).toBe('plan');
    expect(store.getState().settings.plan?.parameters).toBeGreaterThan(before);
  });

  it('that are live adjust the run and restart nothing', async () => {
    const { store, posted, configures } = await trainedStore();
    store.actions.set('optimizer.learningRate', 0.01);
    await later();
    expect(posted).toContainEqual({ type: 'adjust', learningRate: 0.01 });
    store.actions.set('optimizer.learningRate', 1000);
    await later();
    expect(posted).not.toContainEqual({ type: 'adjust', learningRate: 1000 });
    expect(posted.at(-1)).toMatchObject({ type: 'plan', configuration: { optimizer: { learningRate: 1000 } } });
    expect(configures()).toHaveLength(1);
  });

  it('that fail leave the run and say why', async () => {
    const { store } = openStore();
    await later();
    const { run } = store.getState().session;
    store.actions.set('model.heads', 5);
    await later();
    expect(store.getState().problems.model?.code).toBe('model-heads-width');
    expect(store.getState().session.run).toBe(run);
  });
});

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
    store.actions.readAgain({ field: 'title' });
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

  it('whose reading is stopped gives way to the run before', async () => {
    const { store } = await trainedStore();
    const { run, step } = store.getState().session;
    store.actions.giveText('another text');
    store.actions.startAgain();
    store.actions.receive({ type: 'progress', task: 'corpus', done: 1, total: 4 });
    store.actions.receive({ type: 'cancelled' });
    const { session, settings } = store.getState();
    expect(session).toMatchObject({ run, step, configuring: false, progress: undefined });
    expect(settings.draft).toEqual(run?.configuration);
  });
});

describe('training', () => {
  it('pressed while settings wait starts with these settings', async () => {
    const { store, types } = openStore();
    await later();
    store.actions.set('model.layers', 6);
    store.actions.train();
    await later();
    const order = types();
    expect(order.lastIndexOf('train')).toBeGreaterThan(order.lastIndexOf('configure'));
    expect(store.getState().session.run?.configuration.model.layers).toBe(6);
    expect(store.getState().session.step).toBeGreaterThan(0);
  });
});

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
    const posted: Command[] = [];
    const store = createAppStore({
      pageUrl: '',
      hash: '#model.layers=12',
      post: (command) => posted.push(command),
      keepFile: () => {},
    });
    store.actions.receive({
      type: 'ready',
      backend: { kind: 'cpu', adapter: '', software: true },
      catalog: fakeCatalog,
    });
    const problem = { where: 'model' as const, code: 'model-too-large', values: { bytes: 2, limit: 1 } };
    store.actions.receive({ type: 'problem', problem });
    expect(posted.at(-1)).toEqual({ type: 'configure', configuration: fakeCatalog.defaults, text: undefined });
    expect(store.getState().problems).toEqual({ link: { ...problem, where: 'link' } });
    store.actions.receive({ type: 'problem', problem });
    expect(posted.filter(({ type }) => type === 'configure')).toHaveLength(2);
  });
});

describe('undoing a reset', () => {
  const shown = ({ session, history, prediction }: AppState) => ({
    step: session.step,
    losses: [...history.points.columns.trainLoss.subarray(0, history.points.length)],
    evaluations: [...history.evaluations.columns.validationLoss.subarray(0, history.evaluations.length)],
    predictions: prediction.watch.predictions,
    samples: prediction.samples,
  });

  it('shows the run again as it was', async () => {
    const { store } = await trainedStore();
    const before = shown(store.getState());
    expect(before.losses.length).toBe(before.step);
    store.actions.reset();
    await later();
    expect(store.getState().session.step).toBe(0);
    expect(store.getState().kept?.step).toBe(before.step);
    const evaluation = { step: 0, validationLoss: 9, accuracy: 0 };
    store.actions.receive({ type: 'evaluation', evaluation });
    store.actions.undoReset();
    await later();
    expect(shown(store.getState())).toEqual(before);
    expect(store.getState().kept).toBeUndefined();
  });

  it('is no longer offered once it trains again, or another run is set up', async () => {
    for (const go of ['train', 'set'] as const) {
      const { store } = await trainedStore();
      store.actions.reset();
      await later();
      expect(store.getState().kept).toBeDefined();
      if (go === 'train') store.actions.train();
      else store.actions.set('model.layers', 3);
      await later();
      expect(store.getState().kept).toBeUndefined();
    }
  });
});

describe('prompt', () => {
  it('of the user stays when the corpus changes', async () => {
    const { store } = openStore();
    await later();
    store.actions.setPrompt('my own words');
    store.actions.set('corpus', 'poems');
    await later();
    expect(store.getState().prediction.prompt).toBe('my own words');
  });
});

describe('problems', () => {
  it('with the prompt stay while predictions of the old one go on, until it is edited', async () => {
    const { store } = openStore();
    await later();
    store.actions.setPrompt('');
    await later();
    store.actions.train();
    await later();
    expect(store.getState().problems.prompt?.code).toBe('prompt-empty');
    store.actions.setPrompt('better');
    await later();
    expect(store.getState().problems.prompt).toBeUndefined();
  });

  it('with a text show at once, and the run stays', async () => {
    const { store } = await trainedStore();
    const { run, step } = store.getState().session;
    store.actions.giveText(' ');
    expect(store.getState().problems.corpus?.code).toBe('corpus-empty');
    expect(store.getState().session).toMatchObject({ run, step });
  });
});

describe('weights', () => {
  it('are handed to the user', async () => {
    const { store, files } = await trainedStore();
    store.actions.save();
    await later();
    expect(files).toHaveLength(1);
  });
});

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
    expect(store.getState().blanks.predictions).toHaveLength(1);
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

it('a refused setting is forgotten once the settings can be planned, but never a loss that was no number', async () => {
  const { store } = openStore();
  await later();
  const report = (code: string) => store.actions.report({ where: 'training', code, values: { step: 3 } });
  report('mask-rate-none');
  store.actions.set('model.layers', 5);
  await vi.advanceTimersByTimeAsync(100);
  expect(store.getState().problems.training).toBeUndefined();
  report('not-finite');
  store.actions.set('model.layers', 6);
  await vi.advanceTimersByTimeAsync(100);
  expect(store.getState().problems.training?.code).toBe('not-finite');
});
