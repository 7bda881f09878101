/** Masked runs as the page meets them: blanks, weights, warnings. */
import { describe, expect, it } from 'vitest';
import type { RunConfiguration } from '../../contract/configuration.ts';
import { catText, openStudio, openTrained } from '../../testing/open-studio.ts';
import { ownSource } from '../../testing/own-source.ts';
import { readSafetensors } from './safetensors.ts';

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
    await studio.handle({ type: 'configure', configuration: masked(small), text: ownSource(catText) });
    const { corpus, plan } = last('prepared').run;
    // [MASK] is one of the tokens that an untrained model guesses among.
    expect(plan.vocabulary).toBe(new Set(catText).size + 1);
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
    await studio.handle({ type: 'configure', configuration: masked(small), text: ownSource(catText) });
    await studio.handle({ type: 'save' });
    const { file } = last('weights');
    expect(readSafetensors(new Uint8Array(file)).has('bert.encoder.layer.0.attention.self.query.weight')).toBe(true);
    await studio.handle({ type: 'load', file });
    expect(last('loaded').step).toBe(0);
  });

  it('says so when asked to write on, and when a prompt leaves nothing to do', async () => {
    const { studio, small, last } = await openStudio();
    await studio.handle({ type: 'configure', configuration: masked(small), text: ownSource(catText) });
    await studio.handle({ type: 'generate', text: 'the', tokens: 5 });
    expect(last('problem').problem.code).toBe('objective-fills-blanks');
    await studio.handle({ type: 'prompt', text: 'the', blanks: [] });
    expect(last('problem').problem.code).toBe('prompt-no-blank');
    await studio.handle({ type: 'plan', configuration: { ...masked(small), masking: { ...small.masking, rate: 0 } } });
    expect(last('problem').problem).toMatchObject({ where: 'objective', code: 'mask-rate-none' });
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
