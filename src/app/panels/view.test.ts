/** The moment in view. */
import { expect, it } from 'vitest';
import { initialHistory, reduceHistory } from '../store/history.ts';
import { choicesOf, isGuessing, lossAt } from './view.ts';

const evaluated = [0, 10, 20].reduce(
  (history, step) =>
    reduceHistory(history, { type: 'evaluation', evaluation: { step, validationLoss: 4 - step / 10, accuracy: 0 } }),
  initialHistory,
);

it('takes the last validation up to the step', () => {
  expect(lossAt(evaluated, 0)).toBe(4);
  expect(lossAt(evaluated, 15)).toBe(3);
  expect(lossAt(evaluated, 500)).toBe(2);
  expect(lossAt(initialHistory, 5)).toBeUndefined();
});

it('counts choices between one and the whole vocabulary', () => {
  expect(choicesOf(Math.log(6.2), 65)).toBe(6);
  expect(choicesOf(Math.log(1.44), 65)).toBe(1.4);
  expect(choicesOf(10, 65)).toBe(65);
  expect(choicesOf(-1, 65)).toBe(1);
});

it('takes training points where the last validation is long ago', () => {
  const common = { tokens: 1, accuracy: 0, gradientNorm: 1, learningRate: 0, tokensPerSecond: 1 };
  const points = Array.from({ length: 90 }, (_, index) => ({ ...common, step: index + 1, trainLoss: 1 }));
  const trained = reduceHistory(evaluated, { type: 'points', points });
  expect(lossAt(trained, 30)).toBe(2);
  expect(lossAt(trained, 90)).toBe(1);
});

it('tells an untrained model from one that was loaded', () => {
  expect(isGuessing(60, 65)).toBe(true);
  expect(isGuessing(3, 65)).toBe(false);
});
