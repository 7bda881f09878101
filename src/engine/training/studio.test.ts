/** The engine as the page meets it: commands in, events out. */
import { describe, expect, it } from 'vitest';
import { catText, openStudio, openTrained } from '../../testing/open-studio.ts';
import { ownSource } from '../../testing/own-source.ts';

describe('a run', () => {
  it('is introduced with its size, baselines, prediction and sample at step 0', async () => {
    const { studio, small, last } = await openStudio();
    await studio.handle({ type: 'configure', configuration: small, text: ownSource(catText) });
    const { corpus, plan } = last('prepared').run;
    expect(corpus.tokens).toBe(catText.length);
    expect(corpus.trainingTokens + corpus.validationTokens).toBe(catText.length);
    expect(corpus.baselines.bigram).toBeLessThan(corpus.baselines.unigram);
    // V·C + T·C + a block (12 C² + 13 C) + the last layer norm.
    const [vocabulary, width] = [plan.vocabulary, 16];
    expect(plan.parameters).toBe(vocabulary * width + 8 * width + 12 * width ** 2 + 13 * width + 2 * width);
    expect(last('evaluation').evaluation.validationLoss).toBeCloseTo(corpus.baselines.uniform, 0);
    expect(last('status')).toEqual({ type: 'status', status: 'ready', step: 0 });
    expect(last('sample').sample.step).toBe(0);
    const { prediction } = last('prediction');
    expect(prediction.candidates.length).toBe(prediction.tokens.length + 1);
    expect(prediction.given[0]).toBeNull();
    const listed = prediction.candidates[3].reduce((sum, { probability }) => sum + probability, 0);
    expect(listed).toBeGreaterThan(0);
    expect(listed).toBeLessThanOrEqual(1);
  });

  it('trains to its end, every step reported once, and learns', async () => {
    const { studio, small, all, last, finished } = await openStudio();
    await studio.handle({ type: 'configure', configuration: small, text: ownSource(catText) });
    await studio.handle({ type: 'train' });
    await finished();
    expect(last('status')).toEqual({ type: 'status', status: 'finished', step: 60 });
    const points = all('points').flatMap((event) => event.points);
    expect(points.map((point) => point.step)).toEqual(Array.from({ length: 60 }, (_, i) => i + 1));
    expect(points.at(-1)?.tokens).toBe(60 * 4 * 8);
    expect(all('evaluation').map((event) => event.evaluation.step)).toEqual([0, 10, 20, 30, 40, 50, 60]);
    const { unigram } = last('prepared').run.corpus.baselines;
    expect(last('evaluation').evaluation.validationLoss).toBeLessThan(unigram);
    expect(all('sample').map((event) => event.sample.step)).toEqual(expect.arrayContaining([0, 1, 10]));
  });

  it('pauses, takes single steps, and goes on', async () => {
    const { studio, small, last, finished } = await openStudio();
    await studio.handle({ type: 'configure', configuration: small, text: ownSource(catText) });
    await studio.handle({ type: 'step' });
    expect(last('status')).toEqual({ type: 'status', status: 'paused', step: 1 });
    await studio.handle({ type: 'train' });
    await studio.handle({ type: 'pause' });
    const paused = last('status');
    expect(paused.status).toBe('paused');
    await studio.handle({ type: 'train' });
    await finished();
    expect(last('status').status).toBe('finished');
  });

  it('has told of every step by the time it is paused, and never goes back behind a prediction', async () => {
    const { studio, small, all, last } = await openStudio();
    const long = { ...small, schedule: { ...small.schedule, totalSteps: 10_000 } };
    await studio.handle({ type: 'configure', configuration: long, text: ownSource(catText) });
    for (let pause = 1; pause <= 5; pause++) {
      await studio.handle({ type: 'train' });
      await new Promise((resolve) => setTimeout(resolve, 40 * pause));
      await studio.handle({ type: 'pause' });
      const told = all('points').flatMap(({ points }) => points.map(({ step }) => step));
      expect(told.at(-1)).toBe(last('status').step);
    }
    const predicted = all('prediction').map(({ prediction }) => prediction.step);
    expect(predicted).toEqual([...predicted].sort((a, b) => a - b));
  });

  it('starts again from the same weights after a reset', async () => {
    const { studio, all } = await openTrained(4);
    const first = all('points').flatMap((event) => event.points.map((point) => point.trainLoss));
    await studio.handle({ type: 'reset' });
    for (let step = 0; step < 4; step++) await studio.handle({ type: 'step' });
    const again = all('points').flatMap((event) => event.points.map((point) => point.trainLoss));
    expect(again.slice(4)).toEqual(first);
  });

  it('gives a right continuation more probability as it learns', async () => {
    const { studio, last } = await openTrained(0);
    const chance = () => last('prediction').prediction.given[4] ?? 0;
    await studio.handle({ type: 'prompt', text: 'the cat' });
    const before = chance();
    for (let step = 0; step < 60; step++) await studio.handle({ type: 'step' });
    expect(last('prediction').prediction.step).toBe(60);
    expect(chance()).toBeGreaterThan(before);
  });

  it('takes a new learning rate while it runs', async () => {
    const { studio, last } = await openTrained(3);
    await studio.handle({ type: 'adjust', learningRate: 0 });
    await studio.handle({ type: 'step' });
    expect(last('points').points[0].learningRate).toBe(0);
  });

  it('cuts a prompt that is longer than the context from the left', async () => {
    const { studio, last } = await openTrained(0);
    await studio.handle({ type: 'prompt', text: 'the cat sat' });
    const { prediction } = last('prediction');
    expect([prediction.dropped, prediction.tokens.map((token) => token.text).join('')]).toEqual([3, ' cat sat']);
  });
});

describe('a loss that is not finite', () => {
  it('stops the run with the last good weights, and training can go on', async () => {
    const { studio, last, all } = await openTrained(3);
    await studio.handle({ type: 'save' });
    const good = last('weights').file;
    await studio.handle({ type: 'adjust', learningRate: 1e30 });
    await studio.handle({ type: 'step' });
    await studio.handle({ type: 'step' });
    expect(last('problem').problem).toEqual({ where: 'training', code: 'not-finite', values: { step: 5, kept: 4 } });
    expect(last('status')).toEqual({ type: 'status', status: 'failed', step: 4 });
    expect(all('points').flatMap((event) => event.points).length).toBe(4);
    await studio.handle({ type: 'load', file: good });
    await studio.handle({ type: 'adjust', learningRate: 0.001 });
    await studio.handle({ type: 'step' });
    expect(last('status')).toEqual({ type: 'status', status: 'paused', step: 1 });
  });
});

it('a plan tells parameters, bytes and time without touching the run', async () => {
  const { studio, small, last } = await openTrained(1);
  const wider = { ...small, model: { ...small.model, width: 32 } };
  await studio.handle({ type: 'plan', configuration: wider });
  const { plan } = last('planned');
  expect(plan.parameters).toBeGreaterThan(last('prepared').run.plan.parameters);
  expect(plan.bytes).toBeGreaterThan(plan.parameters * 16);
  expect(plan.stepMs).toBeGreaterThan(0);
  expect(last('status')).toEqual({ type: 'status', status: 'paused', step: 1 });
});

it('writing on from a prompt answers with a sample of the length asked for', async () => {
  const { studio, last } = await openTrained(1);
  expect(last('sample').isAnswer).toBe(false);
  await studio.handle({ type: 'generate', text: 'the', tokens: 20 });
  expect(last('sample')).toMatchObject({ isAnswer: true, sample: { step: 1, prompt: 'the' } });
  expect(last('sample').sample.text.length).toBe(20);
});
