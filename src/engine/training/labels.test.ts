/** Text becomes its own labels, as training makes them, and what the page is shown is what the model read. */
import { describe, expect, it } from 'vitest';
import type { RunConfiguration } from '../../contract/configuration.ts';
import type { Event } from '../../contract/messages.ts';
import type { LabelSource } from '../../contract/results.ts';
import { cpuBackend } from '../../testing/backends.ts';
import { ownSource } from '../../testing/own-source.ts';
import { encodeText } from '../data/encode-text.ts';
import { silentPace } from '../data/pace.ts';
import { streamOf } from '../data/text.ts';
import { characters } from '../data/tokenizers/characters.ts';
import { presets } from '../models/presets.ts';
import { maskedToken } from '../objectives/masked-token.ts';
import { createBatchSource } from './batch-source.ts';
import { buildCatalog } from './catalog.ts';
import { windowOf } from './labels.ts';
import { prepareText } from './prepare.ts';
import { Studio } from './studio.ts';

const text = 'the cat sat on the mat. the dog sat on the log. '.repeat(40);
const context = 16;

/** A studio with a run on the text, and a way to ask it for labels. */
async function openRun(change: Partial<RunConfiguration>) {
  const events: Event[] = [];
  const studio = new Studio({
    openBackend: async () => ({ backend: cpuBackend('f32'), report: { kind: 'cpu', adapter: '', software: true } }),
    readCorpusFile: async () => undefined,
    emit: (event) => events.push(event),
  });
  await studio.handle({ type: 'open', backend: 'auto', pageUrl: '' });
  const ready = events.find((event) => event.type === 'ready');
  if (!ready) throw new Error('not ready');
  const { defaults } = ready.catalog;
  const configuration: RunConfiguration = {
    ...defaults,
    corpus: 'custom',
    model: { ...defaults.model, context, layers: 1, heads: 2, width: 16 },
    training: { ...defaults.training, batch: 4, accumulation: 2 },
    ...change,
  };
  await studio.handle({ type: 'configure', configuration, text: ownSource(text) });
  const ask = async (source: LabelSource, draw = 0) => {
    await studio.handle({ type: 'labels', source, draw });
    const found = events.findLast((event) => event.type === 'labels');
    if (!found) throw new Error('no labels');
    return found.labelled;
  };
  return { studio, events, ask, configuration };
}

const masked = { objective: 'masked-token', masking: { rate: 0.5, maskShare: 0.6, randomShare: 0.2, unit: 'token' } };
const written = (tokens: readonly { readonly text: string }[]) => tokens.map((token) => token.text).join('');

describe('labels of a masked run', () => {
  it('are the tokens of the text itself, masked, replaced at random, or kept', async () => {
    const { ask } = await openRun(masked);
    const counts = { masked: 0, random: 0, kept: 0 };
    for (let row = 0; row < 8; row++) {
      const { tokens, labels, rows } = await ask({ kind: 'batch', step: 3, row });
      expect(rows).toBe(8);
      expect(tokens).toHaveLength(context);
      expect(text).toContain(written(tokens));
      for (const { position, input, treatment, probability, guess } of labels) {
        if (!input || !treatment) throw new Error('no input');
        counts[treatment] += 1;
        expect(treatment === 'masked').toBe(input.kind === 'special');
        if (treatment === 'kept') expect(input.id).toBe(tokens[position].id);
        if (treatment === 'random') expect(input.id).not.toBe(tokens[position].id);
        expect(probability).toBeLessThanOrEqual(guess.probability);
      }
    }
    const all = counts.masked + counts.random + counts.kept;
    // Half of 128 positions, give or take five standard deviations.
    expect(Math.abs(all - 64)).toBeLessThan(29);
    expect(counts.masked / all).toBeGreaterThan(0.4);
    expect(Math.min(counts.random, counts.kept)).toBeGreaterThan(0);
  });

  it('are the same for the same draw, and others for another one, over the same text', async () => {
    const { ask } = await openRun(masked);
    const places = async (draw: number) => {
      const { labels, tokens } = await ask({ kind: 'batch', step: 1, row: 2 }, draw);
      return { text: written(tokens), places: labels.map(({ position }) => position) };
    };
    const [first, second] = [await places(0), await places(7)];
    expect(second.text).toBe(first.text);
    expect(second.places).not.toEqual(first.places);
    expect(await places(7)).toEqual(second);
    expect(await places(8)).not.toEqual(second);
    expect(await places(0)).toEqual(first);
  });

  it('are those that the step trains on', async () => {
    const { ask, configuration } = await openRun(masked);
    const encoded = await encodeText(streamOf(text), characters, silentPace);
    const { dataset, vocabulary } = await prepareText(encoded, configuration, silentPace);
    const settings = { masking: configuration.masking, vocabulary };
    const source = createBatchSource(dataset, maskedToken, configuration.training, context, settings);
    // Row 6 is the third of the second micro-batch.
    const trained = windowOf(source.training(9)[1], 2, context);
    const { tokens, labels } = await ask({ kind: 'batch', step: 9, row: 6 });
    expect(tokens.map(({ id }) => id)).toEqual([...trained.text]);
    expect(labels.map(({ position, input }) => [position, input?.id])).toEqual(
      trained.positions.map((position) => [position, trained.inputs[position]]),
    );
  });

  it('come while training goes on, which they do not change', async () => {
    const losses = async (asks: boolean) => {
      const { studio, events, ask } = await openRun(masked);
      await studio.handle({ type: 'train' });
      while (!events.some((event) => event.type === 'points' && event.points.some(({ step }) => step >= 10))) {
        if (asks) await studio.handle({ type: 'labels', source: { kind: 'batch', step: 5, row: 0 }, draw: 0 });
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      await studio.handle({ type: 'pause' });
      if (asks) expect((await ask({ kind: 'batch', step: 5, row: 0 })).labels.length).toBeGreaterThan(0);
      return events.flatMap((event) => (event.type === 'points' ? event.points : [])).map(({ trainLoss }) => trainLoss);
    };
    expect((await losses(true)).slice(0, 10)).toEqual((await losses(false)).slice(0, 10));
  });

  it('of held-out blanks come at every sample, for the same blanks', async () => {
    const { studio, events } = await openRun(masked);
    await studio.handle({ type: 'step' });
    const fills = events.flatMap((event) => (event.type === 'fills' ? [event.prediction] : []));
    expect(fills.map(({ step }) => step)).toEqual([0, 1]);
    const known = fills.map(({ blanks }) => blanks.map(({ position, truth }) => [position, truth?.token.text]));
    expect(known[1]).toEqual(known[0]);
    expect(known[0].length).toBeGreaterThan(0);
    expect(events.some((event) => event.type === 'sample')).toBe(false);
  });
});

describe('labels of a next-token run', () => {
  it('are every token but the first, each after all before it', async () => {
    const { ask } = await openRun({});
    const { tokens, labels } = await ask({ kind: 'batch', step: 1, row: 0 });
    expect(tokens).toHaveLength(context + 1);
    expect(text).toContain(written(tokens));
    expect(labels.map(({ position }) => position)).toEqual(Array.from({ length: context }, (_, i) => i + 1));
    expect(labels.every(({ input, treatment }) => input === undefined && treatment === undefined)).toBe(true);
  });

  it('of a sentence leave out what the context does not hold', async () => {
    const { ask } = await openRun({});
    const { tokens, dropped } = await ask({ kind: 'text', text: 'the cat sat on the mat.' });
    expect(written(tokens)).toBe('the cat sat on th');
    expect(dropped).toBe(6);
  });

  it('that a sentence cannot give are said to be missing where it was asked', async () => {
    const { studio, events } = await openRun({});
    for (const [wrong, code] of [
      ['t', 'labels-too-short'],
      ['the ☃', 'unknown-characters'],
    ]) {
      await studio.handle({ type: 'labels', source: { kind: 'text', text: wrong }, draw: 0 });
      const found = events.findLast((event) => event.type === 'problem');
      expect(found?.problem).toMatchObject({ where: 'labels', code });
    }
  });
});

it('each objective is meant for an attention that there is', () => {
  const { objectives, attentions } = buildCatalog([], presets[0], true);
  const known = attentions.map(({ id }) => id);
  for (const { attention } of objectives) expect(known).toContain(attention);
});
