/** What is made of the rounds: medians without the warm-up, and no ratio for another training. */
import { describe, expect, it } from 'vitest';
import type { Competitor } from './library.ts';
import { type Run, results } from './result.ts';
import { markdownTable } from './table.ts';

const tokensPerStep = 100;
const comparedSteps = 10;
const losses = Array.from({ length: comparedSteps }, (_, step) => 5 - step / 10);

/** A warm-up, then three rounds of three steps that take the times given. */
function run(library: Competitor['library'], milliseconds: readonly number[], own: readonly number[] = losses): Run {
  const counted = { dispatchesPerStep: 7, submitsPerStep: 1, peakBytes: 5e6 };
  const rounds = milliseconds.map((each, i) => ({
    losses: own.slice(1 + 3 * i, 4 + 3 * i),
    milliseconds: each,
    ...counted,
  }));
  const warmUp = { losses: own.slice(0, 1), milliseconds: 60_000, ...counted };
  const opened = { version: '1.0', computes: 'WebGPU', adapter: 'test', software: true };
  return { competitor: { library, backend: 'webgpu' }, opened, rounds: [warmUp, ...rounds] };
}

const ours = run('ours', [300, 100, 200]);

describe('results', () => {
  it('are medians of the rounds after the warm-up, and their ratios', () => {
    const [own, peer] = results([ours, run('tfjs', [900, 600, 300])], tokensPerStep);
    expect(own.tokensPerSecond).toBeCloseTo(1500);
    expect(own.ratio).toBeUndefined();
    expect(peer.tokensPerSecond).toBeCloseTo(500);
    expect(peer.ratio).toBeCloseTo(3);
    expect(peer.largestLossDifference).toBe(0);
  });

  it('have no ratio where a loss differs, or is not a number', () => {
    const changed = (value: number) => losses.map((loss, step) => (step === comparedSteps - 1 ? value : loss));
    const off = losses[comparedSteps - 1] * 1.001;
    for (const value of [off, Number.NaN]) {
      const [, peer] = results([ours, run('jax-js', [900, 600, 300], changed(value))], tokensPerStep);
      expect(peer.ratio).toBeUndefined();
      expect(peer.tokensPerSecond).toBeCloseTo(500);
      expect(peer.error).toContain('no ratio');
    }
  });

  it('name what stopped a competitor, and the others keep theirs', () => {
    const stopped = { ...run('jax-js', []), error: 'no | adapter' };
    const all = results([ours, stopped, run('tfjs', [900, 600, 300])], tokensPerStep);
    expect(all[1]).toMatchObject({ library: 'jax-js', error: 'no | adapter' });
    expect(all[1].tokensPerSecond).toBeUndefined();
    expect(all[2].ratio).toBeCloseTo(3);
    const table = markdownTable([{ title: 'Here', configuration: 'S', adapter: 'test', results: all }]);
    const rows = table.split('\n').slice(2);
    expect(rows[0]).toBe('| Here: test | S | this project 1.0 webgpu | 1,500 | — | 7, 1 | 5 MB |');
    expect(rows[1]).toBe('|  |  | jax-js 1.0 webgpu | — | no \\| adapter | — | — |');
    expect(rows[2]).toBe('|  |  | TensorFlow.js 1.0 webgpu | 500 | 3.0 × | 7, 1 | 5 MB |');
  });

  it('have no ratio where ours did not run', () => {
    const [own, peer] = results([{ ...ours, error: 'no adapter' }, run('tfjs', [900, 600, 300])], tokensPerStep);
    expect(own.error).toBe('no adapter');
    expect(peer.ratio).toBeUndefined();
  });
});
