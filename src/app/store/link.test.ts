/** Links carry a run there and back, and nothing that this page doesn't offer gets through. */
import { describe, expect, it } from 'vitest';
import { fakeCatalog } from '../../testing/fake-catalog.ts';
import { readLink, type SharedSettings, writeLink } from './link.ts';

const usual: SharedSettings = {
  configuration: fakeCatalog.defaults,
  sampling: { temperature: 0.8, topK: 0, topP: 0.95 },
};
const other: SharedSettings = {
  configuration: {
    ...fakeCatalog.defaults,
    corpus: 'poems',
    tokenizer: 'bytes',
    model: { family: 'gpt', context: 64, layers: 7, heads: 3, width: 96, norm: 'post', attention: 'bidirectional' },
    optimizer: { ...fakeCatalog.defaults.optimizer, learningRate: 0.00042, epsilon: 1e-9, beta2: 0.99 },
    schedule: { kind: 'linear', warmupSteps: 0, totalSteps: 500, finalRatio: 0 },
    training: { ...fakeCatalog.defaults.training, seed: 4_294_967_295, dropout: 0.25 },
  },
  sampling: { temperature: 1.25, topK: 40, topP: 1 },
};
const read = (hash: string) => {
  const reading = readLink(hash, fakeCatalog, usual);
  if (!reading) throw new Error('no link');
  return reading;
};

describe('a link', () => {
  it('brings every setting back', () => {
    const { hash } = new URL(writeLink('https://class.example/llm/?lang=zh', other));
    expect(read(hash)).toEqual({ settings: other, problem: undefined });
  });

  it('keeps the address, and replaces what stood behind the #', () => {
    const link = writeLink('https://class.example/llm/?lang=zh#corpus=verse', other);
    expect(link).toMatch(/^https:\/\/class\.example\/llm\/\?lang=zh#corpus=poems&/);
    expect(link.match(/corpus=/g)).toHaveLength(1);
  });

  it('may hold a few settings; the rest are the usual ones', () => {
    const { settings, problem } = read('#model.layers=2');
    expect(settings.configuration).toEqual({
      ...usual.configuration,
      model: { ...usual.configuration.model, layers: 2 },
    });
    expect(problem).toBeUndefined();
  });

  it('is no link without a setting', () => {
    expect(readLink('', fakeCatalog, usual)).toBeUndefined();
    expect(readLink('#predictions', fakeCatalog, usual)).toBeUndefined();
  });
});

describe('a value that this page cannot use', () => {
  const bad: [string, string][] = [
    ['above its range', 'model.layers=99'],
    ['below its range', 'optimizer.learningRate=0'],
    ['negative', 'training.seed=-1'],
    ['no whole number', 'model.layers=2.5'],
    ['no number', 'training.batch=many'],
    ['empty', 'training.batch='],
    ['not finite', 'optimizer.learningRate=1e999'],
    ['no corpus here', 'corpus=shakespeare'],
    ['a corpus not on this machine', 'corpus=away'],
    ['no schedule here', 'schedule.kind=constructor'],
    ['far above its range', 'optimizer.epsilon=1'],
    ['outside the range of sampling', 'sampling.topP=0'],
    ['a setting that is not there', 'model.experts=8'],
    ['a way into the object', '__proto__.x=1'],
  ];
  it.each(bad)('%s is named, and the usual one is used', (_, part) => {
    const { settings, problem } = read(`#${part}&model.context=64`);
    expect(problem).toEqual({ where: 'link', code: 'link-values', values: { settings: part } });
    const model = { ...usual.configuration.model, context: 64 };
    expect(settings).toEqual({ ...usual, configuration: { ...usual.configuration, model } });
  });

  it('is said for heads that do not divide the width', () => {
    const { settings, problem } = read('#model.heads=5&model.layers=3');
    expect(problem?.values.settings).toBe('model.heads=5\nmodel.width=128');
    expect(settings.configuration.model).toEqual(usual.configuration.model);
  });
});

it('a link to a run on the reader’s own text says that the text is not in it', () => {
  const link = writeLink('https://class.example/', {
    ...other,
    configuration: { ...other.configuration, corpus: 'custom' },
  });
  const { settings, problem } = read(new URL(link).hash);
  expect(problem?.code).toBe('link-custom');
  expect(settings.configuration).toEqual({ ...other.configuration, corpus: 'verse' });
  expect(read('#corpus=custom&model.layers=0').problem?.code).toBe('link-custom-values');
});
