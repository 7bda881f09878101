/** The runs of the session in the store: which are kept, with what they came to, and how they are compared. */
import { describe, expect, it } from 'vitest';
import { comparedStore, later, openStore, trainedStore, underFakeTimers } from '../../testing/open-store.ts';
import { isComparisonStale } from './comparing.ts';
import { isComparable, runRows } from './runs.ts';

underFakeTimers();

describe('the runs of the session', () => {
  it('keep what gave way, with what it came to', async () => {
    const { store, before } = await comparedStore();
    const scores = store.getState().comparison.verdicts.at(-1)?.scores;
    expect(store.getState().runs.kept).toEqual([]);
    store.actions.compareAnew();
    await later();
    const { kept } = store.getState().runs;
    expect(kept.map(({ number, score }) => [number, score])).toEqual([
      [2, scores?.[1]],
      [1, scores?.[0]],
    ]);
    store.actions.leaveComparison();
    store.actions.setObjective('masked-token');
    store.actions.startAgain();
    await later();
    const [latest] = store.getState().runs.kept;
    expect(latest).toMatchObject({
      number: 3,
      step: before.session.step,
      run: { configuration: { objective: 'next-token' } },
    });
    expect(latest.score).toBeUndefined();
    expect(runRows(store.getState()).map(({ number, letter }) => number ?? letter)).toEqual([
      undefined,
      'A',
      'B',
      3,
      2,
      1,
    ]);
  });

  it('keep the run of a reset once it cannot come back', async () => {
    const { store } = await trainedStore();
    const { step } = store.getState().session;
    store.actions.reset();
    await later();
    expect(store.getState().runs.kept).toEqual([]);
    store.actions.step();
    await later();
    expect(store.getState().runs.kept).toMatchObject([{ number: 1, step }]);
  });

  it('keep the run of a reset that a new run follows', async () => {
    const { store } = await trainedStore();
    const { step } = store.getState().session;
    store.actions.reset();
    await later();
    store.actions.set('model.layers', 3);
    await later();
    expect(store.getState().session).toMatchObject({ run: { configuration: { model: { layers: 3 } } } });
    expect(store.getState().runs.kept).toMatchObject([{ number: 1, step }]);
  });

  it.each(['train', 'compareAnew'] as const)(
    'keep compared runs of a reset with their scores after %s',
    async (next) => {
      const { store } = await comparedStore();
      const verdict = store.getState().comparison.verdicts.at(-1);
      store.actions.reset();
      await later();
      expect(store.getState().runs.kept).toEqual([]);
      store.actions[next]();
      await later();
      const { kept } = store.getState().runs;
      expect(kept.map(({ step, score }) => [step, score])).toEqual(
        [1, 0].map((index) => [verdict?.steps[index], verdict?.scores[index]]),
      );
    },
  );

  it('on a text of the user’s own are compared on that text, whatever the page is at', async () => {
    const { store, posted } = openStore();
    await later();
    for (const text of ['first text', 'second text']) {
      store.actions.giveText(text);
      store.actions.startAgain();
      await later();
      store.actions.step();
      await later();
    }
    store.actions.set('corpus', 'verse');
    store.actions.startAgain();
    await later();
    const [, second, first] = runRows(store.getState());
    expect(isComparable(first, second)).toBe(false);
    store.actions.compareRuns([first, first]);
    await later();
    expect(posted.findLast(({ type }) => type === 'compare')).toMatchObject({ text: { content: 'first text' } });
    const [, compared] = runRows(store.getState());
    expect(isComparable(first, compared)).toBe(true);
  });

  it('are compared by their settings, from the start', async () => {
    const { store, posted } = await comparedStore();
    const [, first, second] = runRows(store.getState());
    store.actions.compareRuns([first, second, first]);
    await later();
    expect(posted.findLast(({ type }) => type === 'compare')).toMatchObject({ configurations: { length: 3 } });
    expect(store.getState().comparison.runs.map(({ session }) => session.step)).toEqual([0, 0, 0]);
    store.actions.set('model.layers', 2);
    expect(isComparisonStale(store.getState())).toBe(false);
    store.actions.compareObjectives();
    await later();
    const { runs } = store.getState().comparison;
    expect(runs.map(({ session }) => session.run?.configuration.model.layers)).toEqual([2, 2]);
  });
});
