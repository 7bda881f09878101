/** The dashed lines of a run. */
import i18next from 'i18next';
import { expect, it } from 'vitest';
import type { RunReport } from '../../contract/messages.ts';
import { fakeCatalog } from '../../testing/fake-catalog.ts';
import { en } from '../i18n/en.ts';
import { namedBaselines, nearestBaseline } from './baselines.ts';

const languages = i18next.createInstance();
languages.init({ lng: 'en', resources: { en: { translation: en } }, initAsync: false });

const { defaults: configuration } = fakeCatalog;
const run: RunReport = {
  configuration,
  plan: { configuration, vocabulary: 65, parameters: 1, bytes: 1, activationBytes: 1, warnings: [] },
  dispatches: 1,
  modelFlops: 1,
  corpus: {
    characters: 9,
    bytes: 9,
    excerpt: '',
    tokens: 9,
    trainingTokens: 8,
    validationTokens: 1,
    baselines: { uniform: 4, unigram: 3, bigram: 2 },
  },
};

it('pairs of tokens say nothing of a blank, which is read from both sides', () => {
  const values = (fills: boolean) => namedBaselines(run, fills, languages).map(({ value }) => value);
  expect(values(false)).toEqual([4, 3, 2]);
  expect(values(true)).toEqual([4, 3]);
});

it('a loss is compared with the best baseline that it is below, or with the one it has yet to reach', () => {
  const compared = (loss: number, fills = false) => {
    const { baseline, isBeaten } = nearestBaseline(namedBaselines(run, fills, languages), loss);
    return [baseline.name, isBeaten];
  };
  expect(compared(3.5)).toEqual(['letter frequencies', false]);
  expect(compared(2.5)).toEqual(['letter frequencies', true]);
  expect(compared(1.5)).toEqual(['letter pairs', true]);
  expect(compared(1.5, true)).toEqual(['letter frequencies', true]);
});
