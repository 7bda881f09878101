/** Comparisons in the store: every run a state of its own, and what is kept beside them. */
import { describe, expect, it } from 'vitest';
import { comparedStore, later, openStore, trainedStore, underFakeTimers } from '../../testing/open-store.ts';
import { isComparisonStale } from './comparing.ts';
import { blankPositions, sharedBlanks, tokensSeenBy } from './shared-sentence.ts';
import type { AppState } from './state.ts';

underFakeTimers();

const losses = ({ history: { points } }: AppState) => [...points.columns.trainLoss.subarray(0, points.length)];

describe('a comparison', () => {
  it('trains both objectives with the settings of the page', async () => {
    const { store, posted } = await comparedStore();
    const { draft } = store.getState().settings;
    const command = posted.find(({ type }) => type === 'compare');
    expect(command).toEqual({
      type: 'compare',
      configurations: [draft, { ...draft, objective: 'masked-token' }],
      pace: 'steps',
      text: undefined,
    });
    const { runs, verdicts } = store.getState().comparison;
    expect(runs.map(({ session }) => session.run?.configuration.objective)).toEqual(['next-token', 'masked-token']);
    expect(runs.map(({ session }) => session.status)).toEqual(['paused', 'paused']);
    expect(verdicts.at(-1)?.steps[0]).toBe(runs[0].session.step);
  });

  it('keeps what each run measures apart, and the run before out of it', async () => {
    const { store, before } = await comparedStore();
    const receive = (index: number, trainLoss: number) => {
      const { step } = store.getState().comparison.runs[index].session;
      const point = {
        step: step + 1,
        tokens: 1,
        trainLoss,
        accuracy: 0,
        gradientNorm: 0,
        learningRate: 0,
        tokensPerSecond: 1,
      };
      store.actions.receive({ type: 'compared', index, event: { type: 'points', points: [point] } });
    };
    const old = losses(before);
    receive(0, 11);
    receive(1, 22);
    const state = store.getState();
    expect(state.comparison.runs.map((run) => losses(run).at(-1))).toEqual([11, 22]);
    expect(losses(state)).toEqual(old);
    expect(state.session).toMatchObject({ status: 'paused', step: before.session.step, configuring: false });
  });

  it('is left and found again as it was, and so is the run beside it', async () => {
    const { store, types, before } = await comparedStore();
    const { comparison } = store.getState();
    store.actions.leaveComparison();
    await later();
    expect(types().slice(-2)).toEqual(['leave', 'prompt']);
    expect(store.getState().history).toBe(before.history);
    expect(store.getState().comparison).toEqual({ ...comparison, isOpen: false, isInView: false });
    store.actions.compare();
    await later();
    expect(types().filter((type) => type === 'compare').length).toBe(1);
    expect(types()).toContain('return');
    expect(store.getState().comparison.isOpen).toBe(true);
    expect(store.getState().comparison.verdicts).toEqual(comparison.verdicts);
  });

  it('says that settings have changed before it gives its runs up for them', async () => {
    const { store, types } = await comparedStore();
    store.actions.leaveComparison();
    store.actions.set('model.layers', 3);
    store.actions.compare();
    await later();
    expect(isComparisonStale(store.getState())).toBe(true);
    expect(types().filter((type) => type === 'compare').length).toBe(1);
    store.actions.compareAnew();
    await later();
    const { comparison } = store.getState();
    expect(comparison.runs.map(({ session }) => session.run?.configuration.model.layers)).toEqual([3, 3]);
    expect(isComparisonStale(store.getState())).toBe(false);
  });

  it('starts again at once for another pace while nothing has trained', async () => {
    const { store, posted } = await trainedStore();
    store.actions.compare();
    await later();
    store.actions.setPace('compute');
    await later();
    expect(posted.filter(({ type }) => type === 'compare').at(-1)).toMatchObject({ pace: 'compute' });
    expect(isComparisonStale(store.getState())).toBe(false);
    store.actions.step();
    await later();
    store.actions.setPace('steps');
    await later();
    expect(posted.filter(({ type }) => type === 'compare').length).toBe(2);
    expect(isComparisonStale(store.getState())).toBe(true);
  });

  it('that is refused leaves the page where it was', async () => {
    const { store } = await trainedStore();
    store.actions.set('model.heads', 3);
    store.actions.compare();
    await later();
    const { comparison, session, problems } = store.getState();
    expect([comparison.isOpen, session.configuring, problems.model?.code]).toEqual([false, false, 'model-heads-width']);
  });

  it.each([false, true])('that is refused leaves an older one open only where it was in view: %s', async (isInView) => {
    const { store, posted } = await comparedStore();
    const { runs, compared } = store.getState().comparison;
    if (!isInView) store.actions.leaveComparison();
    store.actions.set('model.heads', 3);
    store.actions.compareAnew();
    await later();
    expect(store.getState().comparison).toMatchObject({ isOpen: isInView, asked: [], compared });
    store.actions.step();
    await later();
    expect(store.getState().session.step > runs[0].session.step).toBe(!isInView);
    expect(store.getState().comparison.runs[0].session.step > runs[0].session.step).toBe(isInView);
    expect(posted.filter(({ type }) => type === 'compare').length).toBe(2);
  });

  it('returned to while a new run is being prepared stays in view', async () => {
    const { store } = await comparedStore();
    store.actions.leaveComparison();
    store.actions.set('model.layers', 3);
    store.actions.startAgain();
    store.actions.compare();
    await later();
    const { session, comparison } = store.getState();
    expect(session.run?.configuration.model.layers).toBe(3);
    expect(comparison).toMatchObject({ isOpen: true, isInView: true, turning: 0 });
  });

  it('returned to is not left again for settings that were waiting to begin a run', async () => {
    const { store, configures } = openStore();
    await later();
    store.actions.compare();
    await later();
    store.actions.step();
    await later();
    store.actions.leaveComparison();
    store.actions.set('model.layers', 3);
    store.actions.compare();
    await later();
    expect(configures().length).toBe(1);
    expect(store.getState().comparison.isOpen).toBe(true);
  });

  it('that is stopped leaves a text that was only meant for it', async () => {
    const { store } = await trainedStore();
    store.actions.giveText('a long text');
    store.actions.compare();
    store.actions.receive({ type: 'uncompared' });
    store.actions.receive({ type: 'cancelled', what: 'comparison' });
    const { settings, comparison } = store.getState();
    expect(settings.draft?.corpus).toBe('custom');
    expect(settings.ownText?.content).toBe('a long text');
    expect(comparison.isOpen).toBe(false);
  });

  it('asked for twice is known by what was asked for last, and given up once that is', async () => {
    const { store } = await trainedStore();
    store.actions.compare();
    store.actions.set('model.layers', 3);
    store.actions.compareAnew();
    await later();
    const { comparison } = store.getState();
    expect(comparison.compared?.configurations[0].model.layers).toBe(3);
    store.actions.leaveComparison();
    await later();
    store.actions.compareAnew();
    store.actions.receive({ type: 'uncompared' });
    expect(store.getState().comparison).toMatchObject({ isOpen: false, asked: [] });
  });

  it('gives way on the page to a run that settings have begun', async () => {
    const { store } = openStore();
    await later();
    store.actions.compare();
    await later();
    store.actions.set('model.layers', 2);
    await later();
    expect(store.getState().session.run?.configuration.model.layers).toBe(2);
    expect(store.getState().comparison.isOpen).toBe(false);
    store.actions.set('model.layers', 3);
    store.actions.startAgain();
    store.actions.compare();
    await later();
    expect(store.getState().comparison.isOpen).toBe(true);
  });

  it('takes its scores back with a reset, and brings them back with the runs', async () => {
    const { store } = await comparedStore();
    const { verdicts } = store.getState().comparison;
    store.actions.reset();
    await later();
    expect(store.getState().comparison.verdicts.map(({ steps }) => steps[0])).toEqual([0]);
    store.actions.undoReset();
    await later();
    expect(store.getState().comparison.verdicts.at(-1)).toEqual(verdicts.at(-1));
    expect(store.getState().comparison.runs[1].session.step).toBe(verdicts.at(-1)?.steps[1]);
  });

  it('shows all models the same blanks, which the user moves', async () => {
    const { store, posted } = await comparedStore();
    const seen = () => {
      const { comparison } = store.getState();
      const shared = sharedBlanks(comparison);
      const positions = shared ? blankPositions(shared) : [];
      return comparison.runs.map((run) =>
        tokensSeenBy(run, positions)?.flatMap(({ isBlank, position }) => (isBlank ? [position] : [])),
      );
    };
    const [causal, masked] = seen();
    expect(causal).toEqual(masked);
    expect(causal?.length).toBeGreaterThan(0);
    store.actions.toggleSharedBlank(1);
    await later();
    expect(seen()[0]).toEqual([1, ...(causal ?? [])].sort((a, b) => a - b));
    expect(seen()[1]).toEqual(seen()[0]);
    expect(posted.at(-1)).toMatchObject({ type: 'prompt', blanks: seen()[0] });
    expect(store.getState().blanks.chosen).toBeUndefined();
    store.actions.setPrompt('Go on');
    await later();
    expect(store.getState().comparison.runs[0].prediction.watch.predictions.at(-1)?.tokens.length).toBe(5);
  });
});
