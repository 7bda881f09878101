/** Bad commands: each is said, and nothing trained is lost to it. */
import { describe, expect, it } from 'vitest';
import type { RunConfiguration } from '../../contract/configuration.ts';
import { catText, openTrained } from '../../testing/open-studio.ts';
import { ownSource } from '../../testing/own-source.ts';
import { readSafetensors, writeSafetensors } from './safetensors.ts';

describe('a bad command', () => {
  const wrong: [string, (small: RunConfiguration) => RunConfiguration, string | undefined][] = [
    ['corpus-empty', (small) => small, '  \n '],
    ['corpus-single-token', (small) => small, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'],
    ['corpus-too-short', (small) => small, 'too short'],
    ['corpus-unavailable', (small) => ({ ...small, corpus: 'moby-dick' }), undefined],
    ['model-heads-width', (small) => ({ ...small, model: { ...small.model, heads: 3 } }), catText],
    ['setting-out-of-range', (small) => ({ ...small, model: { ...small.model, layers: 0 } }), catText],
    ['setting-out-of-range', (small) => ({ ...small, training: { ...small.training, dropout: 1 } }), catText],
    [
      'setting-out-of-range',
      (small) => ({ ...small, optimizer: { ...small.optimizer, learningRate: Number.NaN } }),
      catText,
    ],
  ];
  it.each(wrong)('%s is said, and the run before goes on', async (code, change, given) => {
    const { studio, small, last, all } = await openTrained(2);
    await studio.handle({
      type: 'configure',
      configuration: change(small),
      text: given === undefined ? undefined : ownSource(given),
    });
    expect(last('problem').problem.code).toBe(code);
    expect(last('status')).toEqual({ type: 'status', status: 'paused', step: 2 });
    await studio.handle({ type: 'step' });
    expect(last('status')).toEqual({ type: 'status', status: 'paused', step: 3 });
    expect(all('prepared').length).toBe(1);
  });

  it('with a model too large is refused before anything is allocated', async () => {
    const { studio, small, last } = await openTrained(1);
    const huge = { ...small, model: { ...small.model, context: 512, layers: 12, heads: 1, width: 768 } };
    const training = { ...small.training, batch: 256, accumulation: 16 };
    await studio.handle({ type: 'plan', configuration: { ...huge, training } });
    expect(last('problem').problem.code).toBe('model-too-large');
    expect(last('status').status).toBe('paused');
  });

  it('about the prompt leaves the old one', async () => {
    const { studio, last, all } = await openTrained(1);
    await studio.handle({ type: 'prompt', text: 'the cat' });
    const before = all('prediction').length;
    await studio.handle({ type: 'prompt', text: 'the ZEBRA' });
    expect(last('problem').problem).toMatchObject({ where: 'prompt', code: 'unknown-characters' });
    await studio.handle({ type: 'prompt', text: '' });
    expect(last('problem').problem).toMatchObject({ where: 'prompt', code: 'prompt-empty' });
    expect(all('prediction').length).toBe(before);
  });

  it('with the wrong weights changes nothing', async () => {
    const { studio, last } = await openTrained(2);
    await studio.handle({ type: 'save' });
    const mine = last('weights').file.slice(0);
    const tensors = readSafetensors(new Uint8Array(mine));
    tensors.delete('transformer.ln_f.bias');
    await studio.handle({ type: 'load', file: writeSafetensors(tensors) });
    expect(last('problem').problem).toMatchObject({
      where: 'weights',
      code: 'weights-mismatch',
      values: { name: 'ln_f.bias' },
    });
    await studio.handle({ type: 'load', file: new ArrayBuffer(3) });
    expect(last('problem').problem).toMatchObject({ where: 'weights', code: 'weights-corrupt' });
    expect(last('status')).toEqual({ type: 'status', status: 'paused', step: 2 });
    await studio.handle({ type: 'save' });
    expect(new Uint8Array(last('weights').file)).toEqual(new Uint8Array(mine));
  });
});
