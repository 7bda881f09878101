/** The run log: exact columns, one line per step, and an empty field where nothing was measured. */
import { expect, it } from 'vitest';
import { runLog } from './run-log.ts';
import { initialHistory, reduceHistory } from './store/history.ts';

it('has the agreed header and no lines before training', () => {
  expect(runLog(initialHistory.points, initialHistory.evaluations)).toBe(
    'step,tokens,train_loss,val_loss,learning_rate,grad_norm,tokens_per_second\n',
  );
});

it('writes validation losses where they were measured, and only there', () => {
  const common = { accuracy: 0.5, gradientNorm: 0.75, learningRate: 0.001, tokensPerSecond: 1000.25 };
  const points = [
    { ...common, step: 1, tokens: 64, trainLoss: 4.25 },
    { ...common, step: 2, tokens: 128, trainLoss: 4 },
  ];
  let history = reduceHistory(initialHistory, { type: 'points', points });
  history = reduceHistory(history, {
    type: 'evaluation',
    evaluation: { step: 2, validationLoss: 4.125, accuracy: 0.5 },
  });
  const [, first, second, end] = runLog(history.points, history.evaluations).split('\n');
  expect(first).toBe('1,64,4.25,,0.001,0.75,1000.3');
  expect(second).toBe('2,128,4,4.125,0.001,0.75,1000.3');
  expect(end).toBe('');
});
