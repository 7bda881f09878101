/** What the user does becomes commands, and nothing trained is given up without being asked. */
import { describe, expect, it, vi } from 'vitest';
import { later, openStore, trainedStore, underFakeTimers } from '../../testing/open-store.ts';

underFakeTimers();

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

it('a refused setting is forgotten once the settings can be planned, but never a loss that was no number', async () => {
  const { store } = openStore();
  await later();
  store.actions.report({ where: 'objective', code: 'mask-rate-none', values: {} });
  store.actions.set('model.layers', 5);
  await vi.advanceTimersByTimeAsync(100);
  expect(store.getState().problems.objective).toBeUndefined();
  store.actions.report({ where: 'training', code: 'not-finite', values: { step: 3 } });
  store.actions.set('model.layers', 6);
  await vi.advanceTimersByTimeAsync(100);
  expect(store.getState().problems.training?.code).toBe('not-finite');
});
