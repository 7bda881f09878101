/** Reads and checks what the step benchmark is given: options, configuration, and tokens. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { Batch } from '../src/engine/objectives/objective.ts';
import { optimizer } from './configurations.ts';
import { inventedTokens } from './invented-tokens.ts';
import { labelledBatches, nextTokenBatches } from './step-batches.ts';
import { stepSizes } from './step-sizes.ts';

const count = z.number().int().positive();
const share = z.number().min(0).lt(1);

/** Registry ids of a mixture; the family's own where left out. */
const mixture = {
  norm: z.enum(['pre', 'post']).optional(),
  attention: z.enum(['causal', 'bidirectional']).optional(),
  positions: z.enum(['learned', 'sinusoidal', 'rotary']).optional(),
};

const configurationSchema = z.object({
  model: z
    .object({
      family: z.enum(['gpt', 'bert']).default('gpt'),
      vocab: count,
      context: count,
      layers: count,
      heads: count,
      width: count,
      ...mixture,
    })
    .refine(({ heads, width }) => width % heads === 0, { message: 'heads must divide width' }),
  batch: count,
  optimizer: z.object({
    learningRate: z.number().min(0),
    beta1: share,
    beta2: share,
    epsilon: z.number().positive(),
    weightDecay: z.number().min(0),
    /** Largest gradient norm; 0 or null switches clipping off. */
    clip: z
      .number()
      .min(0)
      .nullish()
      .transform((value) => value ?? 0),
  }),
});

export interface StepArguments {
  readonly configuration: z.infer<typeof configurationSchema>;
  /** Path of a safetensors file; without one the seed initialises. */
  readonly weights?: string;
  readonly batches: readonly Batch[];
  /** Slots for predicted positions, as many as the fullest batch has labels; undefined for GPT, which predicts all. */
  readonly capacity: number | undefined;
  readonly steps: number;
  readonly backend: 'webgpu' | 'cpu';
  /** Of the CPU backend; 0 leaves WebAssembly out. */
  readonly threads?: number;
  readonly precision: 'single' | 'half';
  /** Where to write the weights after the last step. */
  readonly save?: string;
  readonly seed: number;
}

/** Different batches of a named size; they come again in turn. */
const inventedBatches = 8;

const usage = `usage: npm run bench:step -- (--config C.json --tokens T.i32 | --size ${Object.keys(stepSizes).join('|')}) --steps N
  [--weights W.safetensors] [--seed N] [--backend webgpu|cpu] [--threads N] [--precision single|half] [--save OUT.safetensors]
  --threads 0 trains with the twins alone, without WebAssembly`;

/** @throws Error with a message for the user */
export function parseStepArguments(options: readonly string[]): StepArguments {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...options],
    options: {
      ...{ config: text, size: text, weights: text, tokens: text, steps: text },
      ...{ backend: text, threads: text, precision: text, save: text, seed: text },
    },
  });
  const { config, tokens, size } = values;
  if (!values.steps) throw new Error(usage);
  const training = config && tokens ? readTraining(config, tokens) : size && namedTraining(size);
  if (!training) throw new Error(usage);
  const backend = values.backend ?? 'webgpu';
  if (backend !== 'webgpu' && backend !== 'cpu') throw new Error(`--backend is webgpu or cpu, not ${backend}`);
  const precision = values.precision ?? 'single';
  if (precision !== 'single' && precision !== 'half')
    throw new Error(`--precision is single or half, not ${precision}`);
  return {
    ...training,
    precision,
    weights: values.weights,
    steps: whole('--steps', values.steps, 1),
    backend,
    threads: values.threads === undefined ? undefined : whole('--threads', values.threads, 0),
    save: values.save,
    seed: whole('--seed', values.seed ?? '0', 0),
  };
}

type Training = Pick<StepArguments, 'configuration' | 'batches' | 'capacity'>;

function readTraining(config: string, tokens: string): Training {
  const configuration = readConfiguration(config);
  return { configuration, ...readBatches(tokens, configuration) };
}

/** A GPT of a named size, on invented tokens; undefined where there is no such size. */
function namedTraining(name: string): Training | undefined {
  const size = stepSizes[name];
  if (!size) return undefined;
  const { vocabulary, batch, ...shape } = size;
  const configuration = { model: { family: 'gpt' as const, vocab: vocabulary, ...shape }, batch, optimizer };
  const tokens = inventedTokens(size, inventedBatches);
  return { configuration, ...nextTokenBatches(tokens, batch, shape.context, vocabulary) };
}

function whole(name: string, value: string, minimum: number): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < minimum)
    throw new Error(`${name} is a whole number from ${minimum} on`);
  return number;
}

function readConfiguration(path: string): StepArguments['configuration'] {
  const result = configurationSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (!result.success) throw new Error(`${path}: ${z.prettifyError(result.error)}`);
  return result.data;
}

/** A GPT's file is [batches, batch, context + 1], a BERT's [batches, batch, 2, context]: ids, then labels. */
function readBatches(path: string, { model, batch }: StepArguments['configuration']) {
  const { family, context, vocab } = model;
  const perBatch = batch * (family === 'bert' ? 2 * context : context + 1);
  const bytes = readFileSync(path);
  if (bytes.length === 0 || bytes.length % (perBatch * 4) !== 0) {
    throw new Error(`${path}: ${bytes.length} bytes are not a multiple of a batch, ${perBatch * 4}`);
  }
  const values = Int32Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readInt32LE(i * 4));
  try {
    return family === 'bert'
      ? labelledBatches(values, batch, context, vocab)
      : nextTokenBatches(values, batch, context, vocab);
  } catch (error) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : error}`);
  }
}
