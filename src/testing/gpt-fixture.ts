/** The parity fixture that scripts/parity/gpt.py writes: a small GPT-2 trained in PyTorch. */
import { readFileSync } from 'node:fs';
import type { OptimizerConfiguration, ScheduleConfiguration } from '../contract/configuration.ts';
import { gpt } from '../engine/models/gpt.ts';
import type { Batch } from '../engine/objectives/objective.ts';
import { gptFormat } from '../engine/training/gpt-weights.ts';
import { planSession, type SessionPlan } from '../engine/training/session.ts';
import { readWeights } from '../engine/training/weight-files.ts';

const folder = new URL('./fixtures/gpt-parity/', import.meta.url);

function read(name: string): Buffer {
  return readFileSync(new URL(name, folder));
}

interface Configuration {
  readonly model: { vocab: number; context: number; layers: number; heads: number; width: number };
  readonly batch: number;
  readonly optimizer: OptimizerConfiguration;
}

interface Expected {
  readonly schedule: ScheduleConfiguration;
  readonly learningRates: readonly number[];
  readonly losses: readonly number[];
  readonly gradientNorms: readonly number[];
  readonly constantRateLosses: readonly number[];
}

export const configuration: Configuration = JSON.parse(read('config.json').toString());
export const expected: Expected = JSON.parse(read('expected.json').toString());

export function fixturePlan(): SessionPlan {
  const { vocab, ...shape } = configuration.model;
  const model = gpt.build({ family: 'gpt', vocabulary: vocab, ...shape });
  const { batch, optimizer } = configuration;
  return planSession(model, { batch, accumulation: 1, dropout: 0, optimizer });
}

/** Tensors of one of the fixture's safetensors files, by the names of the plan's model. */
export function fixtureTensors(
  file: 'weights' | 'gradients' | 'trained',
  plan: SessionPlan,
): Map<string, Float32Array> {
  return readWeights(new Uint8Array(read(`${file}.safetensors`)), plan.model.arena.parts, gptFormat);
}

/** Batch of a step, from 1; the fixture's batches come round again. */
export function fixtureBatch(step: number): Batch {
  const { context } = configuration.model;
  const { batch } = configuration;
  const bytes = read('tokens.i32');
  const all = Int32Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readInt32LE(i * 4));
  const window = context + 1;
  const start = ((step - 1) * batch * window) % all.length;
  const positions = Array.from(
    { length: batch * context },
    (_, i) => start + Math.floor(i / context) * window + (i % context),
  );
  return {
    tokens: Int32Array.from(positions, (at) => all[at]),
    targets: Int32Array.from(positions, (at) => all[at + 1]),
    weights: new Float32Array(positions.length).fill(1 / positions.length),
  };
}
