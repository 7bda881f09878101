/** Reads and checks what the step benchmark is given: options, configuration, and tokens. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';

const count = z.number().int().positive();
const share = z.number().min(0).lt(1);

const configurationSchema = z.object({
  model: z
    .object({ vocab: count, context: count, layers: count, heads: count, width: count })
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
  /** [batches, batch, context + 1] */
  readonly tokens: Int32Array;
  readonly steps: number;
  readonly backend: 'webgpu' | 'cpu';
  /** Of the CPU backend; 0 leaves WebAssembly out. */
  readonly threads?: number;
  /** Where to write the weights after the last step. */
  readonly save?: string;
  readonly seed: number;
}

const usage = `usage: npm run bench:step -- --config C.json --tokens T.i32 --steps N
  [--weights W.safetensors] [--seed N] [--backend webgpu|cpu] [--threads N] [--save OUT.safetensors]
  --threads 0 trains with the twins alone, without WebAssembly`;

/** @throws Error with a message for the user */
export function parseStepArguments(options: readonly string[]): StepArguments {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...options],
    options: {
      ...{ config: text, weights: text, tokens: text, steps: text },
      ...{ backend: text, threads: text, save: text, seed: text },
    },
  });
  if (!values.config || !values.tokens || !values.steps) throw new Error(usage);
  const backend = values.backend ?? 'webgpu';
  if (backend !== 'webgpu' && backend !== 'cpu') throw new Error(`--backend is webgpu or cpu, not ${backend}`);
  const configuration = readConfiguration(values.config);
  return {
    configuration,
    weights: values.weights,
    tokens: readTokens(values.tokens, configuration),
    steps: whole('--steps', values.steps, 1),
    backend,
    threads: values.threads === undefined ? undefined : whole('--threads', values.threads, 0),
    save: values.save,
    seed: whole('--seed', values.seed ?? '0', 0),
  };
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

function readTokens(path: string, { model, batch }: StepArguments['configuration']): Int32Array {
  const bytes = readFileSync(path);
  const batchBytes = batch * (model.context + 1) * 4;
  if (bytes.length === 0 || bytes.length % batchBytes !== 0) {
    throw new Error(`${path}: ${bytes.length} bytes are not a multiple of a batch, ${batchBytes}`);
  }
  const tokens = new Int32Array(bytes.length / 4);
  for (let i = 0; i < tokens.length; i++) tokens[i] = bytes.readInt32LE(i * 4);
  const wrong = tokens.find((token) => token < 0 || token >= model.vocab);
  if (wrong !== undefined) throw new Error(`${path}: token ${wrong} is outside the vocabulary of ${model.vocab}`);
  return tokens;
}
