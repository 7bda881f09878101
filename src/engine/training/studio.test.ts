/** The engine as the page meets it: commands in, events out, and nothing trained is lost to a bad command. */
import { describe, expect, it } from 'vitest';
import type { RunConfiguration } from '../../contract/configuration.ts';
import type { Event } from '../../contract/messages.ts';
import { cpuBackend, sharedGpuBackend } from '../../testing/backends.ts';
import { generatedFile } from '../../testing/generated-file.ts';
import { ownSource } from '../../testing/own-source.ts';
import type { Backend } from '../program/program.ts';
import { readSafetensors, writeSafetensors } from './safetensors.ts';
import { Studio } from './studio.ts';

type EventOf<Type extends Event['type']> = Extract<Event, { type: Type }>;

/** A studio on the CPU, opened, with the events it has sent. */
async function openStudio(backend: Backend = cpuBackend('f32')) {
  const events: Event[] = [];
  const studio = new Studio({
    openBackend: async () => ({
      backend,
      report: { kind: 'cpu', adapter: '', software: true, fallbackReason: 'chosen' },
    }),
    readCorpusFile: async () => undefined,
    emit: (event) => events.push(event),
  });
  await studio.handle({ type: 'open', backend: 'auto', pageUrl: '' });
  const all = <Type extends Event['type']>(type: Type) =>
    events.filter((event): event is EventOf<Type> => event.type === type);
  const last = <Type extends Event['type']>(type: Type) => {
    const found = all(type).at(-1);
    if (!found) throw new Error(`no ${type} among ${events.map((event) => event.type)}`);
    return found;
  };
  const { defaults } = last('ready').catalog;
  const small: RunConfiguration = {
    ...defaults,
    corpus: 'custom',
    model: { ...defaults.model, context: 8, layers: 1, heads: 2, width: 16 },
    schedule: { ...defaults.schedule, warmupSteps: 2, totalSteps: 60 },
    training: { ...defaults.training, batch: 4, evaluationInterval: 10 },
  };
  const finished = async () => {
    while (last('status').status === 'training') await new Promise((resolve) => setTimeout(resolve, 5));
  };
  return { studio, events, all, last, small, finished };
}

const text = 'the cat sat on the mat. the dog sat on the log. '.repeat(40);

async function openTrained(steps = 5) {
  const opened = await openStudio();
  const { studio, small } = opened;
  await studio.handle({ type: 'configure', configuration: small, text: ownSource(text) });
  for (let step = 0; step < steps; step++) await studio.handle({ type: 'step' });
  return opened;
}

describe('a run', () => {
  it('is introduced with its size, baselines, prediction and sample at step 0', async () => {
    const { studio, small, last } = await openStudio();
    await studio.handle({ type: 'configure', configuration: small, text: ownSource(text) });
    const { corpus, plan } = last('prepared').run;
    expect(corpus.tokens).toBe(text.length);
    expect(corpus.trainingTokens + corpus.validationTokens).toBe(text.length);
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
    await studio.handle({ type: 'configure', configuration: small, text: ownSource(text) });
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
    await studio.handle({ type: 'configure', configuration: small, text: ownSource(text) });
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
      await studio.handle({ type: 'configure', configuration: dropout(small), text: ownSource(text) });
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

describe('a bad command', () => {
  const wrong: [string, (small: RunConfiguration) => RunConfiguration, string | undefined][] = [
    ['corpus-empty', (small) => small, '  \n '],
    ['corpus-single-token', (small) => small, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'],
    ['corpus-too-short', (small) => small, 'too short'],
    ['corpus-unavailable', (small) => ({ ...small, corpus: 'moby-dick' }), undefined],
    ['model-heads-width', (small) => ({ ...small, model: { ...small.model, heads: 3 } }), text],
    ['setting-out-of-range', (small) => ({ ...small, model: { ...small.model, layers: 0 } }), text],
    ['setting-out-of-range', (small) => ({ ...small, training: { ...small.training, dropout: 1 } }), text],
    [
      'setting-out-of-range',
      (small) => ({ ...small, optimizer: { ...small.optimizer, learningRate: Number.NaN } }),
      text,
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

  it('stopped while the run before was training lets it train on', async () => {
    const { studio, small, all, last, finished } = await openTrained(0);
    await studio.handle({ type: 'train' });
    const configured = studio.handle({ type: 'configure', configuration: small, text: largeSource() });
    await untilProgress(all);
    await studio.handle({ type: 'cancel' });
    await configured;
    await finished();
    expect(last('status')).toEqual({ type: 'status', status: 'finished', step: 60 });
  });

  it('gives way to another one at once', async () => {
    const { studio, small, all, last } = await openTrained(0);
    void studio.handle({ type: 'configure', configuration: small, text: largeSource() });
    await untilProgress(all);
    await studio.handle({ type: 'configure', configuration: small, text: ownSource(text) });
    expect(all('progress').some(({ task, done }) => task === 'corpus' && done === large)).toBe(false);
    expect(all('cancelled')).toEqual([]);
    expect(last('prepared').run.corpus.characters).toBe(text.length);
  });

  it('is not read again for other settings of the model', async () => {
    let reads = 0;
    const source = ownSource(
      generatedFile(text, 20_000, () => {
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
  await studio.handle({ type: 'generate', text: 'the', tokens: 20 });
  expect(last('sample').sample).toMatchObject({ step: 1, prompt: 'the' });
  expect(last('sample').sample.text.length).toBe(20);
});

describe('a masked run', () => {
  const masked = (small: RunConfiguration): RunConfiguration => ({
    ...small,
    objective: 'masked-token',
    model: { ...small.model, family: 'bert', context: 16 },
    schedule: { ...small.schedule, totalSteps: 400 },
    optimizer: { ...small.optimizer, learningRate: 0.01 },
    training: { ...small.training, batch: 16, evaluationInterval: 400 },
  });

  it('learns to fill blanks better than token frequencies, and shows it', async () => {
    const { studio, small, last, all, finished } = await openStudio();
    await studio.handle({ type: 'configure', configuration: masked(small), text: ownSource(text) });
    const { corpus, plan } = last('prepared').run;
    // [MASK] is one of the tokens that an untrained model guesses among.
    expect(plan.vocabulary).toBe(new Set(text).size + 1);
    expect(corpus.baselines.uniform).toBeCloseTo(Math.log(plan.vocabulary), 12);
    expect(plan.warnings).toEqual([]);
    expect(last('blanks').prediction.blanks.length).toBeGreaterThan(0);
    await studio.handle({ type: 'prompt', text: 'the cat sat on', blanks: [5] });
    const truth = () => last('blanks').prediction.blanks[0].truth;
    expect(truth()?.token.text).toBe('a');
    const before = truth()?.probability ?? 1;
    await studio.handle({ type: 'train' });
    await finished();
    expect(last('evaluation').evaluation.validationLoss).toBeLessThan(corpus.baselines.unigram);
    await studio.handle({ type: 'prompt', text: 'the cat sat on', blanks: [5] });
    expect(truth()?.probability).toBeGreaterThan(2 * before);
    expect(all('sample')).toEqual([]);
    expect(all('problem')).toEqual([]);
  });

  it('saves weights as BertForMaskedLM and takes them back', async () => {
    const { studio, small, last } = await openStudio();
    await studio.handle({ type: 'configure', configuration: masked(small), text: ownSource(text) });
    await studio.handle({ type: 'save' });
    const { file } = last('weights');
    expect(readSafetensors(new Uint8Array(file)).has('bert.encoder.layer.0.attention.self.query.weight')).toBe(true);
    await studio.handle({ type: 'load', file });
    expect(last('loaded').step).toBe(0);
  });

  it('says so when asked to write on, and when a prompt leaves nothing to do', async () => {
    const { studio, small, last } = await openStudio();
    await studio.handle({ type: 'configure', configuration: masked(small), text: ownSource(text) });
    await studio.handle({ type: 'generate', text: 'the', tokens: 5 });
    expect(last('problem').problem.code).toBe('objective-fills-blanks');
    await studio.handle({ type: 'prompt', text: 'the', blanks: [] });
    expect(last('problem').problem.code).toBe('prompt-no-blank');
    await studio.handle({ type: 'plan', configuration: { ...masked(small), masking: { ...small.masking, rate: 0 } } });
    expect(last('problem').problem.code).toBe('mask-rate-none');
  });

  it('plans with the vocabulary that the objective of the plan needs', async () => {
    const { studio, small, last } = await openTrained(0);
    const { vocabulary } = last('prepared').run.plan;
    await studio.handle({ type: 'plan', configuration: masked(small) });
    expect(last('planned').plan.vocabulary).toBe(vocabulary + 1);
    await studio.handle({ type: 'plan', configuration: small });
    expect(last('planned').plan.vocabulary).toBe(vocabulary);
  });

  const mixtures: [string[], Partial<RunConfiguration>, Partial<RunConfiguration['model']>][] = [
    [['next-token-sees-itself'], { objective: 'next-token' }, { attention: 'bidirectional' }],
    [[], { objective: 'next-token' }, {}],
    [['masked-causal'], {}, { family: 'gpt', attention: 'causal' }],
    [[], {}, { family: 'gpt' }],
    [['kept-tokens-show-answer'], { masking: { rate: 0.15, maskShare: 0.1, randomShare: 0.1, unit: 'token' } }, {}],
  ];
  it.each(mixtures)('warns of mixtures that mislead: %j', async (warnings, change, model) => {
    const { studio, small, last } = await openTrained(0);
    const base = masked(small);
    await studio.handle({ type: 'plan', configuration: { ...base, ...change, model: { ...base.model, ...model } } });
    expect(last('planned').plan.warnings).toEqual(warnings);
  });
});
