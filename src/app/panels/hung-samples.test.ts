/** Samples under the ruler. */
import { expect, it } from 'vitest';
import { hungSamples } from './hung-samples.ts';

const samples = [0, 10, 20, 100].map((step) => ({ step, prompt: '', text: `at ${step}` }));

it('hang at 0 and the decades, the first of each, and those to come are empty', () => {
  expect(hungSamples(samples, 2000)).toEqual([
    { mark: 0, text: 'at 0' },
    { mark: 10, text: 'at 10' },
    { mark: 100, text: 'at 100' },
    { mark: 1000, text: undefined },
  ]);
});

it('follow long and short runs', () => {
  expect(hungSamples([], 100_000).map(({ mark }) => mark)).toEqual([0, 1000, 10_000, 100_000]);
  expect(hungSamples([], 50).map(({ mark }) => mark)).toEqual([0, 1, 10]);
});
