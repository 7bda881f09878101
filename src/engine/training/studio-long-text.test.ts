/** Long texts: read with progress while commands get in, and given up without harm. */
import { describe, expect, it } from 'vitest';
import { generatedFile } from '../../testing/generated-file.ts';
import { catText, openStudio, openTrained } from '../../testing/open-studio.ts';
import { ownSource } from '../../testing/own-source.ts';

describe('a long text', () => {
  const large = 48 << 20;
  /** Until the reading has told of itself. */
  async function untilProgress(all: Awaited<ReturnType<typeof openStudio>>['all']) {
    const progress = () => all('progress').filter(({ task, done }) => task === 'corpus' && done > 0);
    while (progress().length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  }
  /** Too much to be read before a command gets in. */
  const largeSource = () => ownSource(generatedFile('a long text goes on. ', large), { name: 'long.txt' });

  it('is read with progress, and stopped by a command that does not wait for its end', async () => {
    const { studio, small, all, last } = await openTrained(2);
    const configured = studio.handle({ type: 'configure', configuration: small, text: largeSource() });
    await untilProgress(all);
    await studio.handle({ type: 'cancel' });
    await configured;
    const read = all('progress').filter(({ task, total }) => task === 'corpus' && total === large);
    expect(read.length).toBeGreaterThan(0);
    expect(read.at(-1)?.done).toBeLessThan(large);
    expect(all('cancelled').length).toBe(1);
    expect(all('problem')).toEqual([]);
    expect(all('prepared').length).toBe(1);
    expect(last('status')).toEqual({ type: 'status', status: 'paused', step: 2 });
    await studio.handle({ type: 'step' });
    expect(last('status')).toEqual({ type: 'status', status: 'paused', step: 3 });
  });

  it.each(['run', 'comparison'] as const)('for a %s, stopped, lets the run before train on', async (what) => {
    const { studio, small, all, last, finished } = await openTrained(0);
    await studio.handle({ type: 'train' });
    const text = largeSource();
    const prepared = studio.handle(
      what === 'run'
        ? { type: 'configure', configuration: small, text }
        : { type: 'compare', configurations: [small, small], pace: 'steps', text },
    );
    await untilProgress(all);
    await studio.handle({ type: 'cancel' });
    await prepared;
    expect(last('cancelled').what).toBe(what);
    await finished();
    expect(last('status')).toEqual({ type: 'status', status: 'finished', step: 60 });
  });

  it('gives way to another one at once', async () => {
    const { studio, small, all, last } = await openTrained(0);
    void studio.handle({ type: 'configure', configuration: small, text: largeSource() });
    await untilProgress(all);
    await studio.handle({ type: 'configure', configuration: small, text: ownSource(catText) });
    expect(all('progress').some(({ task, done }) => task === 'corpus' && done === large)).toBe(false);
    expect(all('cancelled')).toEqual([]);
    expect(last('prepared').run.corpus.characters).toBe(catText.length);
  });

  it('of a comparison given up for another one is told of, each comparison answered once', async () => {
    const { studio, small, events, all } = await openTrained(0);
    const configurations = [small, { ...small, training: { ...small.training, seed: 2 } }];
    void studio.handle({ type: 'compare', configurations, pace: 'steps', text: largeSource() });
    await untilProgress(all);
    await studio.handle({ type: 'compare', configurations, pace: 'steps', text: ownSource(catText) });
    const answers = events.filter(({ type }) => type === 'uncompared' || type === 'comparing');
    expect(answers.map(({ type }) => type)).toEqual(['uncompared', 'comparing']);
    expect(all('cancelled')).toEqual([]);
  });

  it('is not read again for other settings of the model', async () => {
    let reads = 0;
    const source = ownSource(
      generatedFile(catText, 20_000, () => {
        reads += 1;
      }),
      { name: 'a.txt' },
    );
    const { studio, small, all } = await openStudio();
    await studio.handle({ type: 'configure', configuration: small, text: source });
    const readOnce = reads;
    const wider = { ...small, model: { ...small.model, width: 32 } };
    await studio.handle({ type: 'configure', configuration: wider, text: source });
    expect(all('prepared').length).toBe(2);
    expect(readOnce).toBeGreaterThan(0);
    expect(reads).toBe(readOnce);
  });

  it('is looked at while another one is being read', async () => {
    const { studio, small, all, last } = await openTrained(0);
    const configured = studio.handle({ type: 'configure', configuration: small, text: largeSource() });
    await untilProgress(all);
    const records = ownSource(new Blob(['{"text":"a"}']), { name: 'a.jsonl' });
    await studio.handle({ type: 'inspect', source: records });
    expect(last('inspected')).toMatchObject({ id: records.id, report: { fields: ['text'], field: 'text' } });
    const picture = ownSource(new Blob(['GIF89a']), { name: 'a.txt' });
    await studio.handle({ type: 'inspect', source: picture });
    expect(last('refused')).toMatchObject({ id: picture.id, problem: { code: 'corpus-binary' } });
    expect(all('prepared').length).toBe(1);
    await studio.handle({ type: 'cancel' });
    await configured;
  });
});
