/** A comparison in the studio: the run beside it left in peace, and what gives way where the device can't hold all. */
import { describe, expect, it } from 'vitest';
import type { RunConfiguration } from '../../contract/configuration.ts';
import { cpuBackend } from '../../testing/backends.ts';
import { asMasked, catText, losses, openStudio, openTrained } from '../../testing/open-studio.ts';
import { ownSource } from '../../testing/own-source.ts';

const source = ownSource(catText);

describe('the run beside a comparison', () => {
  it('is as it was after leaving, and so is the comparison after coming back', async () => {
    const alone = await openTrained(7);
    const { studio, all, last, small } = await openTrained(5);
    const configurations = [small, asMasked(small)];
    await studio.handle({ type: 'compare', configurations, pace: 'steps', text: ownSource(catText) });
    await studio.handle({ type: 'step' });
    await studio.handle({ type: 'leave' });
    expect(last('status')).toEqual({ type: 'status', status: 'paused', step: 5 });
    for (let step = 0; step < 2; step++) await studio.handle({ type: 'step' });
    expect(last('prediction')).toEqual(alone.last('prediction'));
    const trained = (opened: { all: typeof all }) => losses(opened.all('points').flatMap((event) => event.points));
    expect(trained({ all })).toEqual(trained(alone));
    await studio.handle({ type: 'return' });
    await studio.handle({ type: 'step' });
    expect(last('verdict').verdict.steps).toEqual([2, 2]);
    expect(last('status').step).toBe(7);
    expect(all('inView').map(({ isComparison }) => isComparison)).toEqual([false, true]);
  });

  it('goes on where a comparison is refused', async () => {
    const { studio, last, all, small } = await openTrained(2);
    const large = { ...small, model: { ...small.model, context: 512, width: 768, layers: 12, heads: 8 } };
    const huge = { ...large, training: { ...large.training, batch: 256 } };
    const bad: [RunConfiguration[], string][] = [
      [[small, { ...asMasked(small), masking: { ...small.masking, rate: 0 } }], 'mask-rate-none'],
      [[small, { ...asMasked(small), masking: { ...small.masking, rate: 1 } }], 'mask-rate-all'],
      [[small, { ...small, model: { ...small.model, heads: 3 } }], 'model-heads-width'],
      [[small, huge], 'model-too-large'],
      [
        Array.from({ length: 4 }, () => ({ ...large, training: { ...large.training, batch: 1 } })),
        'comparison-too-large',
      ],
    ];
    for (const [configurations, code] of bad) {
      await studio.handle({ type: 'compare', configurations, pace: 'steps', text: ownSource(catText.repeat(2)) });
      expect(last('problem').problem.code).toBe(code);
      expect(last('status')).toEqual({ type: 'status', status: 'paused', step: 2 });
    }
    expect(all('comparing')).toEqual([]);
    expect(all('uncompared').length).toBe(bad.length);
    await studio.handle({ type: 'step' });
    expect(last('status').step).toBe(3);
  });

  it('gives way to another one while the comparison stays', async () => {
    const { studio, last, small, all } = await openTrained(1);
    await studio.handle({ type: 'compare', configurations: [small, asMasked(small)], pace: 'steps', text: source });
    await studio.handle({ type: 'step' });
    await studio.handle({ type: 'configure', configuration: small, text: source });
    await studio.handle({ type: 'step' });
    expect(last('status')).toEqual({ type: 'status', status: 'paused', step: 1 });
    await studio.handle({ type: 'return' });
    await studio.handle({ type: 'step' });
    expect(last('verdict').verdict.steps).toEqual([2, 2]);
    expect(all('displaced')).toEqual([]);
  });

  it('displaces the comparison where the device cannot hold both', async () => {
    const backend = cpuBackend('f32');
    const { studio, last, small, all } = await openStudio(backend);
    await studio.handle({ type: 'compare', configurations: [small, asMasked(small)], pace: 'steps', text: source });
    const bytes = last('comparing').runs.reduce((sum, { plan }) => sum + plan.bytes, 0);
    Object.assign(backend, { memoryLimitBytes: bytes + 1 });
    await studio.handle({ type: 'configure', configuration: small, text: source });
    expect(all('displaced').length).toBe(1);
    await studio.handle({ type: 'return' });
    expect(last('inView').isComparison).toBe(false);
    await studio.handle({ type: 'step' });
    expect(last('status')).toEqual({ type: 'status', status: 'paused', step: 1 });
  });

  it('counts where the device cannot hold it, its successor and the comparison', async () => {
    const backend = cpuBackend('f32');
    const { studio, last, small, all } = await openStudio(backend);
    await studio.handle({ type: 'configure', configuration: small, text: source });
    await studio.handle({ type: 'compare', configurations: [small, asMasked(small)], pace: 'steps', text: source });
    const bytes = last('comparing').runs.reduce((sum, { plan }) => sum + plan.bytes, 0);
    Object.assign(backend, { memoryLimitBytes: bytes + 1.5 * last('prepared').run.plan.bytes });
    await studio.handle({ type: 'configure', configuration: small, text: source });
    expect(all('displaced').length).toBe(1);
  });

  it('keeps the comparison where it could not be replaced at all', async () => {
    const backend = cpuBackend('f32');
    const { studio, last, small, all } = await openStudio(backend);
    const configurations = [small, asMasked(small)];
    await studio.handle({ type: 'compare', configurations, pace: 'steps', text: source });
    const bytes = last('comparing').runs.reduce((sum, { plan }) => sum + plan.bytes, 0);
    Object.assign(backend, { memoryLimitBytes: bytes + 1 });
    const wide = { ...small, model: { ...small.model, width: 256, layers: 8 } };
    await studio.handle({ type: 'configure', configuration: wide, text: source });
    expect(last('problem').problem.code).toBe('model-too-large');
    await studio.handle({ type: 'compare', configurations: [...configurations, small], pace: 'steps', text: source });
    expect(last('problem').problem.code).toBe('comparison-too-large');
    expect(all('displaced')).toEqual([]);
    await studio.handle({ type: 'step' });
    expect(last('verdict').verdict.steps).toEqual([1, 1]);
  });
});

describe('a second comparison', () => {
  it.each([
    [
      'takes the place of the first before it is loaded where the device cannot hold both',
      1,
      ['displaced', 'comparing'],
    ],
    ['replaces the first once it is whole where there is room', 2, ['comparing']],
  ])('%s', async (_, room, answers) => {
    const backend = cpuBackend('f32');
    const { studio, last, small, events } = await openStudio(backend);
    const compare = { type: 'compare', configurations: [small, asMasked(small)], pace: 'steps', text: source } as const;
    await studio.handle(compare);
    const bytes = last('comparing').runs.reduce((sum, { plan }) => sum + plan.bytes, 0);
    Object.assign(backend, { memoryLimitBytes: room * bytes });
    const before = events.length;
    await studio.handle(compare);
    const types = events.slice(before).map(({ type }) => type);
    expect(types.filter((type) => answers.includes(type) || type === 'displaced')).toEqual(answers);
    if (room === 1) expect(types.indexOf('displaced')).toBeLessThan(types.lastIndexOf('progress'));
    await studio.handle({ type: 'step' });
    expect(last('verdict').verdict.steps).toEqual([1, 1]);
  });
});
