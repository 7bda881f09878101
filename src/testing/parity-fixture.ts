/** The parity fixtures that scripts/parity writes: small models trained in PyTorch. */
import { readFileSync } from 'node:fs';
import { labelledBatches, nextTokenBatches } from '../../bench/step-batches.ts';
import type { ModelConfiguration, OptimizerConfiguration, ScheduleConfiguration } from '../contract/configuration.ts';
import { families } from '../engine/models/index.ts';
import type { Batch } from '../engine/objectives/objective.ts';
import { find } from '../engine/training/catalog.ts';
import { planSession, type SessionPlan } from '../engine/training/session.ts';
import { readWeights, weightFormat } from '../engine/training/weight-files.ts';
import type { WeightFormat } from '../engine/training/weight-format.ts';

interface Configuration {
  readonly model: Partial<ModelConfiguration> & Omit<ModelConfiguration, 'family'> & { vocab: number };
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

export interface ParityFixture {
  readonly configuration: Configuration;
  readonly expected: Expected;
  readonly format: WeightFormat;
  plan(): SessionPlan;
  /** Tensors of one of the fixture's safetensors files, by the names of the plan's model. */
  tensors(file: 'weights' | 'gradients' | 'trained', plan: SessionPlan): Map<string, Float32Array>;
  /** Batch of a step, from 1; the fixture's batches come round again. */
  batch(step: number): Batch;
}

/** @param name folder under src/testing/fixtures */
export function parityFixture(name: string): ParityFixture {
  const read = (file: string) => readFileSync(new URL(`./fixtures/${name}/${file}`, import.meta.url));
  const configuration: Configuration = JSON.parse(read('config.json').toString());
  const expected: Expected = JSON.parse(read('expected.json').toString());
  const { model, batch, optimizer } = configuration;
  const { vocab, family = 'gpt', ...shape } = model;
  const bytes = read('tokens.i32');
  const values = Int32Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readInt32LE(i * 4));
  const split = family === 'bert' ? labelledBatches : nextTokenBatches;
  const { batches, capacity } = split(values, batch, shape.context, vocab);
  const format = weightFormat(family);
  return {
    configuration,
    expected,
    format,
    plan: () => {
      const built = find(families, family).build({ family, vocabulary: vocab, ...shape });
      return planSession(built, { batch, accumulation: 1, dropout: 0, optimizer, capacity });
    },
    tensors: (file, plan) => readWeights(new Uint8Array(read(`${file}.safetensors`)), plan.model.arena.parts, format),
    batch: (step) => batches[(step - 1) % batches.length],
  };
}
