/** The reducer: events in, state out, and nothing lost that should stay. */
import { describe, expect, it } from 'vitest';
import type { Event, Status, TrainingPoint } from '../../contract/messages.ts';
import type { Prediction } from '../../contract/results.ts';
import { fakeCatalog } from '../../testing/fake-catalog.ts';
import { elapsedSeconds } from './history.ts';
import { predictionAt } from './prediction.ts';
import { type AppState, applyEvent, initialState } from './state.ts';
import { mostCandidates } from './watch.ts';

const stateAfter = (events: readonly Event[], state: AppState = initialState) => events.reduce(applyEvent, state);
const status = (value: Status, step: number): Event => ({ type: 'status', status: value, step });
const points = (...steps: number[]): Event => ({ type: 'points', points: steps.map(point) });

function point(step: number): TrainingPoint {
  return {
    step,
    tokens: step * 100,
    trainLoss: 4 / step,
    accuracy: 0.1,
    gradientNorm: 1,
    learningRate: 0.001,
    tokensPerSecond: 50,
  };
}

function prediction(step: number, text = 'ab'): Event {
  const tokens = [...text].map((character) => ({
    id: character.charCodeAt(0),
    text: character,
    kind: 'text' as const,
  }));
  const value: Prediction = { step, tokens, given: tokens.map(() => null), candidates: [[], [], []], dropped: 0 };
  return { type: 'prediction', prediction: value };
}

function prepared(): Event {
  const { defaults } = fakeCatalog;
  const plan = { configuration: defaults, vocabulary: 65, parameters: 1, bytes: 1, activationBytes: 1, warnings: [] };
  const baselines = { uniform: 4, unigram: 3, bigram: 2 };
  const sizes = { characters: 9, bytes: 9, tokens: 9, trainingTokens: 8, validationTokens: 1 };
  const corpus = { ...sizes, excerpt: '', baselines };
  return { type: 'prepared', run: { configuration: defaults, plan, corpus, dispatches: 40, modelFlops: 2e9 } };
}

describe('points', () => {
  it('are kept in order and move the step', () => {
    const state = stateAfter([points(1, 2), points(3)]);
    expect([...state.history.points.columns.step.subarray(0, 3)]).toEqual([1, 2, 3]);
    expect(state.history.points.length).toBe(3);
    expect(state.session.step).toBe(3);
  });

  it('append without copying, and leave an older view as it was', () => {
    const before = stateAfter([points(1)]);
    const now = stateAfter([points(2)], before);
    expect(now.history.points.columns.step.buffer).toBe(before.history.points.columns.step.buffer);
    expect(before.history.points.length).toBe(1);
    expect(now.history.points).not.toBe(before.history.points);
  });

  it('survive growth beyond the first capacity', () => {
    const steps = Array.from({ length: 1000 }, (_, index) => index + 1);
    const state = stateAfter([points(...steps.slice(0, 200)), points(...steps.slice(200))]);
    expect(Array.from(state.history.points.columns.step.subarray(0, 1000))).toEqual(steps);
  });

  it('add up to the time that training took', () => {
    expect(elapsedSeconds(stateAfter([points(1, 2, 3)]).history.points)).toBeCloseTo(6);
  });
});

describe('going back', () => {
  it('a reset clears the history', () => {
    const state = stateAfter([points(1, 2, 3), prediction(0), prediction(3), status('ready', 0)]);
    expect(state.history.points.length).toBe(0);
    expect(state.prediction.watch.predictions.map(({ step }) => step)).toEqual([0]);
    expect(state.session.step).toBe(0);
  });

  it('a loss that is no number keeps the good part and marks the break', () => {
    const problem = { where: 'training' as const, code: 'not-finite', values: { step: 4, kept: 3 } };
    const state = stateAfter([points(1, 2, 3), status('failed', 3), { type: 'problem', problem }]);
    expect(state.history.points.length).toBe(3);
    expect(state.history.brokenAt).toBe(4);
    expect(state.problems.training?.code).toBe('not-finite');
    expect(stateAfter([points(4)], state).history.brokenAt).toBeUndefined();
  });

  it('a new run that fails to prepare leaves the old one in place', () => {
    const problem = { where: 'corpus' as const, code: 'corpus-empty', values: {} };
    const trained = stateAfter([prepared(), points(1, 2, 3), prediction(3)]);
    const state = stateAfter([status('preparing', 0), { type: 'problem', problem }], trained);
    expect(state.session.run).toBe(trained.session.run);
    expect(state.session.step).toBe(3);
    expect(state.history).toBe(trained.history);
    expect(state.prediction.watch.predictions).toHaveLength(1);
    expect(state.session.configuring).toBe(false);
  });

  it('a new run that is prepared starts with nothing', () => {
    const state = stateAfter([points(1, 2), prediction(2), prepared()]);
    expect(state.history.points.length).toBe(0);
    expect(state.prediction.watch.predictions).toHaveLength(0);
    expect(state.session.step).toBe(0);
  });
});

describe('evaluations', () => {
  const evaluation = (step: number, validationLoss: number): Event => ({
    type: 'evaluation',
    evaluation: { step, validationLoss, accuracy: 0 },
  });

  it('of the same step replace each other', () => {
    const { evaluations } = stateAfter([evaluation(0, 4), evaluation(10, 3), evaluation(10, 2)]).history;
    expect(evaluations.length).toBe(2);
    expect(evaluations.columns.validationLoss[1]).toBe(2);
  });
});

describe('prompts', () => {
  const ab = [0, 1, 2, 3].map((step) => prediction(step, 'ab'));

  it('that were left find their past again', () => {
    const state = stateAfter([...ab, prediction(4, 'abc'), prediction(5, 'abc'), prediction(6, 'ab')]);
    expect(state.prediction.watch.predictions.map(({ step }) => step)).toEqual([0, 1, 2, 3, 6]);
  });

  it('say nothing about steps before they were asked', () => {
    const { watch } = stateAfter([...ab, prediction(9, 'abc')]).prediction;
    expect(predictionAt(watch, 8)).toBeUndefined();
    expect(predictionAt(watch, 12)?.step).toBe(9);
  });

  it('are forgotten with the run, and above the step it goes back to', () => {
    const again = prediction(0, 'ab');
    const reset = stateAfter([...ab, prediction(4, 'abc'), status('ready', 0), again]);
    expect(reset.prediction.watch.predictions.map(({ step }) => step)).toEqual([0]);
    expect(stateAfter([...ab, prediction(4, 'abc'), prepared()]).prediction.parked).toEqual([]);
  });

  it('hold a bounded number of candidates, however long the prompt and the run; both ends stay', () => {
    const long = 'x'.repeat(500);
    const list = Array.from({ length: 6 }, (_, id) => ({
      token: { id, text: 'x', kind: 'text' as const },
      probability: 0.1,
    }));
    let state = initialState;
    for (let decade = 1; decade < 100_000; decade *= 10) {
      for (let step = decade; step < 10 * decade; step += decade / 10) {
        const event = prediction(Math.floor(step), long);
        if (event.type !== 'prediction') throw new Error('no prediction');
        const candidates = Array.from({ length: 501 }, () => list);
        state = applyEvent(state, { ...event, prediction: { ...event.prediction, candidates } });
      }
    }
    const { predictions } = state.prediction.watch;
    expect(predictions.length * 501 * 6).toBeLessThanOrEqual(mostCandidates);
    expect(predictions.length).toBeGreaterThan(8);
    expect(predictions[0].step).toBe(1);
    expect(predictions.at(-1)?.step).toBe(99_000);
  });
});

describe('predictions', () => {
  it('start anew when the prompt is another', () => {
    const state = stateAfter([prediction(0), prediction(5), prediction(5, 'xyz')]);
    expect(state.prediction.watch.predictions).toHaveLength(1);
    expect(state.prediction.watch.predictions[0].tokens).toHaveLength(3);
  });

  it('are thinned, and the last one is always there', () => {
    const events = Array.from({ length: 5000 }, (_, index) => prediction(index));
    const { predictions } = stateAfter(events).prediction.watch;
    expect(predictions.length).toBeLessThan(1000);
    expect(predictions[0].step).toBe(0);
    expect(predictions.at(-1)?.step).toBe(4999);
  });
});

describe('problems', () => {
  it('stand one per place and go when the place succeeds', () => {
    const prompt = { where: 'prompt' as const, code: 'prompt-empty', values: {} };
    const weights = { where: 'weights' as const, code: 'weights-corrupt', values: {} };
    const both = stateAfter([
      { type: 'problem', problem: prompt },
      { type: 'problem', problem: weights },
    ]);
    expect(Object.keys(both.problems).sort()).toEqual(['prompt', 'weights']);
    expect(Object.keys(stateAfter([{ type: 'loaded', step: 0 }], both).problems)).toEqual(['prompt']);
  });

  it('with settings stay on show while the old run trains on', () => {
    const problem = { where: 'objective' as const, code: 'mask-rate-none', values: {} };
    const state = stateAfter([prepared(), { type: 'problem', problem }, points(1)]);
    expect(state.problems.objective).toBe(problem);
    expect(stateAfter([prepared()], state).problems).toEqual({});
  });

  it('with labels neither end the preparing of a run nor outlive it', () => {
    const problem = { where: 'labels' as const, code: 'labels-empty', values: {} };
    const preparing = { ...initialState, session: { ...initialState.session, configuring: true } };
    const state = stateAfter([{ type: 'problem', problem }], preparing);
    expect(state.session.configuring).toBe(true);
    expect(stateAfter([prepared()], state).problems).toEqual({});
  });
});
