/** The two configurations that all figures are measured on. */
import type { OptimizerConfiguration } from '../src/contract/configuration.ts';
import { gpt } from '../src/engine/models/gpt.ts';
import type { Model } from '../src/engine/models/model.ts';
import { planSession, type SessionPlan } from '../src/engine/training/session.ts';

export const optimizer: OptimizerConfiguration = {
  learningRate: 1e-3,
  beta1: 0.9,
  beta2: 0.95,
  epsilon: 1e-8,
  weightDecay: 0.1,
  clip: 1,
};

export const sizes = {
  S: { vocabulary: 96, context: 64, layers: 4, heads: 4, width: 128, batch: 12 },
  M: { vocabulary: 512, context: 128, layers: 6, heads: 6, width: 192, batch: 8 },
} as const;

export type ConfigurationName = keyof typeof sizes;

export function configurationNames(wanted: readonly string[]): ConfigurationName[] {
  const names = Object.keys(sizes) as ConfigurationName[];
  return wanted.length > 0 ? names.filter((name) => wanted.includes(name)) : names;
}

export function benchModel(name: ConfigurationName): Model {
  const { batch: _, ...shape } = sizes[name];
  return gpt.build({ family: 'gpt', ...shape });
}

/** The programs of a run in a configuration. */
export function benchPlan(name: ConfigurationName): SessionPlan {
  return planSession(benchModel(name), { batch: sizes[name].batch, accumulation: 1, dropout: 0, optimizer });
}
