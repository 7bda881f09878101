/** Which tokens of a prompt are blanked, through clicks, edits and draws, and what is kept of the answers. */
import { describe, expect, it } from 'vitest';
import type { BlankPrediction, TokenView } from '../../contract/results.ts';
import {
  type BlanksState,
  blankChances,
  blanksAt,
  initialBlanks,
  promptTokens,
  reduceBlanks,
  shownBlank,
  withDrawn,
  withEdited,
  withToggled,
} from './blanks.ts';
import { mostCandidates } from './watch.ts';

const mask: TokenView = { id: 99, text: '[MASK]', kind: 'special' };
const letter = (text: string): TokenView => ({ id: text.codePointAt(0) ?? 0, text, kind: 'text' });

/** An answer about a text in which `_` is a [MASK] that the user wrote. */
function answer(text: string, blanks: readonly number[], step = 0, chance = 0.1, dropped = 0): BlankPrediction {
  const letters = [...text];
  const isBlank = (place: number) => blanks.includes(place) || letters[place] === '_';
  return {
    step,
    dropped,
    tokens: letters.map((each, place) => (isBlank(place) ? mask : letter(each))),
    blanks: letters.flatMap((each, position) => {
      if (!isBlank(position)) return [];
      const truth = each === '_' ? undefined : { token: letter(each), probability: chance };
      return [{ position, truth, candidates: [{ token: letter('e'), probability: 0.5 }] }];
    }),
  };
}

const about = (text: string, blanks: readonly number[], state: BlanksState = initialBlanks) =>
  reduceBlanks(state, { type: 'blanks', prediction: answer(text, blanks) });
const blanked = (state: BlanksState) =>
  promptTokens(state, state.watch.predictions[0])
    .filter(({ isBlank }) => isBlank)
    .map(({ position }) => position);

describe('a click', () => {
  it('blanks a token beside those that the engine chose, and shows it again', () => {
    const once = withToggled(about('whale', [1]), 3);
    expect(once.chosen).toEqual([1, 3]);
    expect(once.position).toBe(3);
    expect(blanked(once)).toEqual([1, 3]);
    const twice = withToggled(once, 1);
    expect(twice.chosen).toEqual([3]);
    expect(blanked(withToggled(twice, 3))).toEqual([]);
  });

  it('is seen before the model has answered, with what stands there', () => {
    const [, h, , l] = promptTokens(withToggled(withToggled(about('whale', [1]), 3), 1), answer('whale', [1]));
    expect(h).toMatchObject({ isBlank: false, token: { text: 'h' }, blank: undefined });
    expect(l).toMatchObject({ isBlank: true, token: { text: 'l' }, blank: undefined });
  });

  it('on a [MASK] that the user wrote looks at it and changes nothing', () => {
    const state = withToggled(about('wh_le', [0]), 2);
    expect(state.chosen).toBeUndefined();
    expect(shownBlank(state, promptTokens(state, state.watch.predictions[0]))?.position).toBe(2);
  });

  it('means the whole prompt where the context has cut some of it', () => {
    const state = reduceBlanks(initialBlanks, { type: 'blanks', prediction: answer('hale', [0], 0, 0.1, 10) });
    expect(withToggled(state, 12).chosen).toEqual([10, 12]);
  });
});

describe('an edit', () => {
  const chosen = withToggled(about('whale', [1]), 3);

  it('keeps the blanks left of it', () => {
    expect(withEdited(chosen, 'whale', 'whales').chosen).toEqual([1, 3]);
    expect(withEdited(chosen, 'whale', 'wha').chosen).toEqual([1]);
  });

  it('leaves the choice to the engine where none is left', () => {
    expect(withEdited(chosen, 'whale', 'x').chosen).toBeUndefined();
  });
});

it('a draw blanks about a seventh, never all', () => {
  const text = 'a'.repeat(40);
  expect(withDrawn(about(text, [1]), Math.random).chosen).toHaveLength(6);
  expect(withDrawn(about('ab', [1]), () => 0.99).chosen).toEqual([1]);
});

describe('answers', () => {
  const answers = (...steps: readonly (readonly [number, number])[]) =>
    steps.reduce(
      (state, [step, chance]) =>
        reduceBlanks(state, { type: 'blanks', prediction: answer('whale', [1], step, chance) }),
      initialBlanks,
    );

  it('about the same blanks make a curve, and what they were at an earlier step', () => {
    const state = answers([0, 0.1], [5, 0.3], [20, 0.8]);
    expect(blankChances(state, 1)).toEqual([
      [0, 0.1],
      [5, 0.3],
      [20, 0.8],
    ]);
    expect(blanksAt(state.watch, 19)?.step).toBe(5);
  });

  it('about other blanks, or other letters in them, begin a new one', () => {
    const state = answers([0, 0.1], [5, 0.3]);
    const next = (text: string, blanks: readonly number[]) =>
      reduceBlanks(state, { type: 'blanks', prediction: answer(text, blanks, 20) }).watch.predictions;
    expect(next('whale', [1])).toHaveLength(3);
    expect(next('whale', [2])).toHaveLength(1);
    expect(next('wxale', [1])).toHaveLength(1);
  });

  it('of steps that a reset has undone are gone', () => {
    const state = reduceBlanks(answers([0, 0.1], [5, 0.3]), { type: 'status', status: 'ready', step: 0 });
    expect(state.watch.predictions.map(({ step }) => step)).toEqual([0]);
  });

  it('about many blanks are kept at fewer steps, with both ends', () => {
    const text = 'a'.repeat(400);
    const everywhere = [...text].map((_, place) => place);
    let state = initialBlanks;
    for (let step = 0; step < 1000; step += 1) {
      state = reduceBlanks(state, { type: 'blanks', prediction: answer(text, everywhere, step) });
    }
    const { predictions } = state.watch;
    expect(predictions.length * everywhere.length).toBeLessThanOrEqual(mostCandidates);
    expect([predictions[0].step, predictions.at(-1)?.step]).toEqual([0, 999]);
  });
});
