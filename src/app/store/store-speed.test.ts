/** Speed on request: asked for once at a time, gone with its run, and a pace that follows the training. */
import { expect, it } from 'vitest';
import { fakeSpeed } from '../../testing/fake-speed.ts';
import { later, openStore, trainedStore, underFakeTimers } from '../../testing/open-store.ts';
import { lastValue } from './series.ts';
import { paceOf } from './speed.ts';

underFakeTimers();

it('is asked for once until its answer has come', async () => {
  const { store, types } = await trainedStore();
  store.actions.measureSpeed();
  store.actions.measureSpeed();
  expect(store.getState().speed).toEqual({ isMeasuring: true });
  await later();
  expect(types().filter((type) => type === 'profile')).toHaveLength(1);
  expect(store.getState().speed).toEqual({ isMeasuring: false, report: fakeSpeed });
});

it('is forgotten with the run that it was measured of', async () => {
  const { store } = await trainedStore();
  store.actions.measureSpeed();
  await later();
  store.actions.startAgain();
  await later();
  expect(store.getState().speed).toEqual({ isMeasuring: false });
});

it('can be asked for again after a problem, which is then off the page', async () => {
  const { store } = await trainedStore();
  store.actions.measureSpeed();
  store.actions.report({ where: 'speed', code: 'out-of-memory', values: {} });
  expect(store.getState().speed.isMeasuring).toBe(false);
  expect(store.getState().session.configuring).toBe(false);
  store.actions.measureSpeed();
  expect(store.getState().problems.speed).toBeUndefined();
  expect(store.getState().speed.isMeasuring).toBe(true);
});

it('comes from the step measured before training, then from the throughput of training', async () => {
  const { store } = openStore();
  await later();
  const { run } = store.getState().session;
  const { batch = 0, accumulation = 0 } = run?.configuration.training ?? {};
  const tokens = batch * accumulation * (run?.configuration.model.context ?? 0);
  const stepMs = run?.plan.stepMs ?? 0;
  expect(paceOf(store.getState())).toEqual({ stepMs, tokensPerSecond: (1000 * tokens) / stepMs, isTrained: false });
  store.actions.train();
  await later();
  const pace = paceOf(store.getState());
  const tokensPerSecond = lastValue(store.getState().history.points, 'tokensPerSecond') ?? 0;
  expect(pace).toEqual({ stepMs: (1000 * tokens) / tokensPerSecond, tokensPerSecond, isTrained: true });
});
