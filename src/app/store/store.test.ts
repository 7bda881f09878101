/** What the user does becomes commands, and nothing trained is given up without being asked. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Command, Event } from '../../contract/messages.ts';
import { FakeWorker } from '../../testing/fake-worker.ts';
import { createAppStore } from './store.ts';

const later = () => vi.advanceTimersByTimeAsync(1000);

function openStore() {
  const posted: Command[] = [];
  const files: ArrayBuffer[] = [];
  const worker = new FakeWorker((event: Event) => store.actions.receive(event));
  const store = createAppStore({
    pageUrl: 'http://localhost/',
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
    expect(store.getState().prediction.predictions).toHaveLength(1);
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
    expect(posted.at(-1)).toEqual({ type: 'adjust', learningRate: 0.01 });
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
    store.actions.giveText({ text: 'a text of my own', name: '' });
    await later();
    expect(configures().at(-1)).toMatchObject({ text: 'a text of my own', configuration: { corpus: 'custom' } });
    expect(store.getState().prediction.prompt).toBe('a text of my own');
  });

  it('asks again when the text is another', async () => {
    const { store, configures } = openStore();
    await later();
    store.actions.giveText({ text: 'one text', name: '' });
    await later();
    store.actions.giveText({ text: 'another text', name: '' });
    await later();
    expect(configures().at(-1)?.text).toBe('another text');
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
    store.actions.giveText({ text: ' ', name: '' });
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
