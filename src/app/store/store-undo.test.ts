/** Taking a reset back shows the run again as it was. */
import { describe, expect, it } from 'vitest';
import { later, trainedStore, underFakeTimers } from '../../testing/open-store.ts';
import type { AppState } from './state.ts';

underFakeTimers();

const letter = (text: string) => ({ id: text.charCodeAt(0), text, kind: 'text' as const });

describe('undoing a reset', () => {
  const shown = ({ session, history, prediction }: AppState) => ({
    step: session.step,
    losses: [...history.points.columns.trainLoss.subarray(0, history.points.length)],
    evaluations: [...history.evaluations.columns.validationLoss.subarray(0, history.evaluations.length)],
    evaluationSums: [...history.validationTrend.sums.subarray(0, history.validationTrend.length)],
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

  it('leaves what the user has set since: the blanks chosen, and a request to write', async () => {
    const { store } = await trainedStore();
    store.actions.reset();
    await later();
    const prediction = { step: 0, tokens: [letter('a'), letter('b')], blanks: [], dropped: 0 };
    store.actions.receive({ type: 'blanks', prediction });
    store.actions.toggleBlank(1);
    store.actions.undoReset();
    store.actions.generate();
    const step = store.getState().kept?.step ?? 0;
    store.actions.receive({ type: 'restored', step });
    expect(store.getState()).toMatchObject({
      blanks: { chosen: [1], watch: { predictions: [] } },
      writing: { isWriting: true },
    });
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
