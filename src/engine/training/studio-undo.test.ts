/** Taking a reset back: the run that was put aside returns to the last bit. */
import { describe, expect, it } from 'vitest';
import type { RunConfiguration } from '../../contract/configuration.ts';
import { cpuBackend, sharedGpuBackend } from '../../testing/backends.ts';
import { catText, openStudio, openTrained } from '../../testing/open-studio.ts';
import { ownSource } from '../../testing/own-source.ts';
import type { Backend } from '../program/program.ts';

describe('undoing a reset', () => {
  const backends: [string, () => Promise<Backend>][] = [
    ['the CPU', async () => cpuBackend('f32')],
    ['WebGPU', sharedGpuBackend],
  ];
  it.each(backends)('brings the run back to the last bit on %s', async (_, open) => {
    const dropout = (small: RunConfiguration) => ({ ...small, training: { ...small.training, dropout: 0.1 } });
    const outcomes: { losses: number[]; weights: Uint8Array; seen: unknown }[] = [];
    for (const isUndone of [false, true]) {
      const { studio, small, all, last } = await openStudio(await open());
      await studio.handle({ type: 'configure', configuration: dropout(small), text: ownSource(catText) });
      for (let step = 0; step < 20; step++) await studio.handle({ type: 'step' });
      if (isUndone) {
        await studio.handle({ type: 'reset' });
        expect(last('kept')).toEqual({ type: 'kept', step: 20 });
        expect(last('status')).toEqual({ type: 'status', status: 'ready', step: 0 });
        await studio.handle({ type: 'undo' });
        expect(last('restored')).toEqual({ type: 'restored', step: 20 });
        expect(last('status')).toEqual({ type: 'status', status: 'paused', step: 20 });
      }
      for (let step = 0; step < 10; step++) await studio.handle({ type: 'step' });
      await studio.handle({ type: 'save' });
      outcomes.push({
        losses: all('points').flatMap((event) => event.points.map(({ trainLoss }) => trainLoss)),
        weights: new Uint8Array(last('weights').file),
        seen: [last('points').points[0].tokens, last('evaluation'), last('prediction'), last('status')],
      });
    }
    expect(outcomes[1]).toEqual(outcomes[0]);
    expect(outcomes[0].losses.length).toBe(30);
  });

  it('is over once training starts again', async () => {
    const { studio, all, last } = await openTrained(3);
    await studio.handle({ type: 'reset' });
    await studio.handle({ type: 'step' });
    expect(all('released').length).toBe(1);
    await studio.handle({ type: 'undo' });
    expect(all('restored')).toEqual([]);
    expect(last('status')).toEqual({ type: 'status', status: 'paused', step: 1 });
  });

  it('brings back the last run that trained, however often it is reset', async () => {
    const { studio, last, all } = await openTrained(3);
    await studio.handle({ type: 'reset' });
    await studio.handle({ type: 'reset' });
    expect(all('kept').length).toBe(1);
    await studio.handle({ type: 'undo' });
    expect(last('status')).toEqual({ type: 'status', status: 'paused', step: 3 });
  });

  it('brings back a failed run, which can go on', async () => {
    const { studio, last } = await openTrained(3);
    await studio.handle({ type: 'adjust', learningRate: 1e30 });
    for (let step = 0; step < 2; step++) await studio.handle({ type: 'step' });
    expect(last('status').status).toBe('failed');
    await studio.handle({ type: 'reset' });
    await studio.handle({ type: 'undo' });
    expect(last('status')).toEqual({ type: 'status', status: 'failed', step: 4 });
  });
});
