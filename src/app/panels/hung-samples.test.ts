/** Samples under the ruler. */
import { expect, it } from 'vitest';
import { hungSamples } from './hung-samples.ts';

const samples = [0, 10, 20, 100].map((step) => ({ step, prompt: '', text: `at ${step}` }));

const shown = (viewedStep?: number) =>
  hungSamples(samples, 2000, viewedStep).map(({ step, entry, isInView }) => [step, entry?.text, isInView]);

it('hang at 0 and the decades, the first of each, and those to come are empty', () => {
  expect(shown()).toEqual([
    [0, 'at 0', false],
    [10, 'at 10', false],
    [100, 'at 100', false],
    [1000, undefined, false],
  ]);
});

it('show what had been written by an earlier step in view', () => {
  expect(shown(57)).toEqual([
    [0, 'at 0', false],
    [20, 'at 20', true],
    [100, 'at 100', false],
    [1000, undefined, false],
  ]);
  expect(shown(3)[0]).toEqual([0, 'at 0', true]);
});

it('follow long and short runs', () => {
  expect(hungSamples([], 100_000).map(({ step }) => step)).toEqual([0, 1000, 10_000, 100_000]);
  expect(hungSamples([], 50).map(({ step }) => step)).toEqual([0, 1, 10]);
});
