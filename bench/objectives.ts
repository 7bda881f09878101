/** Trains both objectives on one text and scores them on the same held-out tokens; prints one JSON line. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { RunConfiguration } from '../src/contract/configuration.ts';
import { mobyDick } from '../src/engine/data/corpora/moby-dick.ts';
import { encodeText } from '../src/engine/data/encode-text.ts';
import { silentPace } from '../src/engine/data/pace.ts';
import { streamOf } from '../src/engine/data/text.ts';
import { tokenizers } from '../src/engine/data/tokenizers/index.ts';
import { objectives } from '../src/engine/objectives/index.ts';
import { maskedToken } from '../src/engine/objectives/masked-token.ts';
import { nextToken } from '../src/engine/objectives/next-token.ts';
import { schedules } from '../src/engine/optim/schedules/index.ts';
import { learningRateAt } from '../src/engine/optim/schedules/schedule.ts';
import type { Backend } from '../src/engine/program/program.ts';
import { createBatchSource } from '../src/engine/training/batch-source.ts';
import { buildCatalog, find } from '../src/engine/training/catalog.ts';
import { difference, guess, pseudoLogLoss, score, spreadPositions } from '../src/engine/training/fair-score.ts';
import { planRun, prepareText } from '../src/engine/training/prepare.ts';
import { Session } from '../src/engine/training/session.ts';
import { openBackend } from './open-backend.ts';
import { runMain } from './run-main.ts';

const usage = `usage: npm run bench:objectives -- [--text FILE] [--steps N] [--seconds N] [--backend webgpu|cpu]
  [--layers 2] [--heads 4] [--width 64] [--context 64] [--batch 16] [--rate 0.002] [--warmup N] [--seed 1]
  [--family gpt|bert] [--positions learned|sinusoidal|rotary] [--mask 0.15] [--blanks 1000]`;

/** Held-out tokens that the pseudo-perplexity is measured on. */
const perplexityTokens = 512;
const stepsInFlight = 2;

function readOptions() {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: process.argv.slice(2),
    options: {
      text: { ...text, default: `public/corpora/${mobyDick.id}.txt` },
      steps: { ...text, default: '1000' },
      seconds: text,
      backend: { ...text, default: 'cpu' },
      layers: { ...text, default: '2' },
      heads: { ...text, default: '4' },
      width: { ...text, default: '64' },
      context: { ...text, default: '64' },
      batch: { ...text, default: '16' },
      rate: { ...text, default: '0.002' },
      warmup: { ...text, default: '50' },
      seed: { ...text, default: '1' },
      family: { ...text, default: 'gpt' },
      positions: { ...text, default: 'learned' },
      mask: { ...text, default: '0.15' },
      blanks: { ...text, default: '1000' },
    },
  });
  if (values.backend !== 'cpu' && values.backend !== 'webgpu') throw new Error(usage);
  return { ...values, backend: values.backend } as const;
}

type Options = ReturnType<typeof readOptions>;

/** The same trunk for both; what a position attends to follows from the objective. */
function configurationOf(options: Options, objective: string): RunConfiguration {
  const preset = { id: 'bench', label: { en: '', zh: '' }, model: modelOf(options) };
  const { defaults } = buildCatalog([], preset, true);
  const { optimizer, schedule, training, masking } = defaults;
  return {
    ...defaults,
    objective,
    masking: { ...masking, rate: Number(options.mask) },
    optimizer: { ...optimizer, learningRate: Number(options.rate) },
    schedule: { ...schedule, warmupSteps: Number(options.warmup), totalSteps: Number(options.steps) },
    training: { ...training, batch: Number(options.batch), seed: Number(options.seed) },
  };
}

function modelOf({ family, context, layers, heads, width, positions }: Options) {
  const sizes = { context: Number(context), layers: Number(layers), heads: Number(heads), width: Number(width) };
  return { family, ...sizes, positions };
}

async function train(backend: Backend, text: string, options: Options, objective: string) {
  const configuration = configurationOf(options, objective);
  const { optimizer, schedule, training, model, masking } = configuration;
  const encoded = await encodeText(streamOf(text), find(tokenizers, configuration.tokenizer), silentPace);
  const prepared = await prepareText(encoded, configuration, silentPace);
  const plan = planRun(configuration, prepared.tokenizer.vocabulary, backend);
  const session = await Session.load(backend, plan, optimizer);
  session.initialize(training.seed);
  const settings = { masking, vocabulary: prepared.vocabulary };
  const source = createBatchSource(prepared.dataset, find(objectives, objective), training, model.context, settings);
  const chosen = find(schedules, schedule.kind);
  const startMs = performance.now();
  const limitMs = options.seconds ? 1000 * Number(options.seconds) : Number.POSITIVE_INFINITY;
  let step = 0;
  const inFlight: Promise<unknown>[] = [];
  while (step < schedule.totalSteps && performance.now() - startMs < limitMs) {
    step += 1;
    session.submitStep(
      step,
      training.seed,
      learningRateAt(chosen, schedule, optimizer.learningRate, step),
      source.training(step),
    );
    inFlight.push(backend.idle());
    if (inFlight.length >= stepsInFlight) await inFlight.shift();
    if (step % 500 === 0) process.stderr.write(`${objective}: step ${step}\n`);
  }
  await Promise.all(inFlight);
  const seconds = (performance.now() - startMs) / 1000;
  let validationLoss = 0;
  for (const batch of source.validation)
    validationLoss += (await session.evaluate(batch)).loss / source.validation.length;
  return { session, prepared, steps: step, seconds, validationLoss };
}

async function measure(backend: Backend, text: string, options: Options, objective: string) {
  const { session, prepared, ...trained } = await train(backend, text, options, objective);
  const { validation } = prepared.dataset;
  const positions = spreadPositions(Number(options.blanks), validation.length, Number(options.context));
  const { mask } = prepared.vocabulary;
  const outcomes = await guess(
    session,
    validation,
    positions,
    mask === undefined ? { sees: 'left' } : { sees: 'both', mask },
  );
  const piece = validation.subarray(0, perplexityTokens);
  const pseudoPerplexity = mask === undefined ? undefined : Math.exp(await pseudoLogLoss(session, piece, mask));
  const report = {
    parameters: session.plan.model.arena.parameterCount,
    dispatchesPerStep: session.dispatchesPerStep,
    ...trained,
    unigramLoss: prepared.report.baselines.unigram,
    beatsUnigram: trained.validationLoss < prepared.report.baselines.unigram,
    pseudoPerplexity,
    fairScore: score(outcomes),
  };
  session.destroy();
  return { report, outcomes };
}

async function main(): Promise<void> {
  const options = readOptions();
  const text = readFileSync(options.text, 'utf8');
  const { backend, adapter } = await openBackend({ backend: options.backend === 'cpu' ? 'cpu' : 'webgpu' });
  const causal = await measure(backend, text, options, nextToken.id);
  const masked = await measure(backend, text, options, maskedToken.id);
  const maskedMinusCausal = difference(masked.outcomes, causal.outcomes);
  const report = { adapter, options, nextToken: causal.report, maskedToken: masked.report, maskedMinusCausal };
  process.stdout.write(`${JSON.stringify(report)}\n`);
  backend.destroy();
}

runMain(main);
