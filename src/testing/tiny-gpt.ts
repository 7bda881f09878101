/** Small models with fixed weights and batches, to run the same training on either backend. */
import type { OptimizerConfiguration, SizedModelConfiguration } from '../contract/configuration.ts';
import { families } from '../engine/models/index.ts';
import { type Batch, choosePositions, createBatch } from '../engine/objectives/objective.ts';
import type { Backend } from '../engine/program/program.ts';
import { find } from '../engine/training/catalog.ts';
import { planSession, Session, type SessionPlan } from '../engine/training/session.ts';
import { integers, normal } from './numbers.ts';

export const tinyShape: SizedModelConfiguration = {
  family: 'gpt',
  vocabulary: 19,
  context: 12,
  layers: 2,
  heads: 2,
  width: 16,
};

export const tinyOptimizer: OptimizerConfiguration = {
  learningRate: 0.01,
  beta1: 0.9,
  beta2: 0.95,
  epsilon: 1e-8,
  weightDecay: 0.1,
  clip: 1,
};

export interface TinyOptions {
  readonly shape?: SizedModelConfiguration;
  readonly batch?: number;
  readonly accumulation?: number;
  readonly dropout?: number;
  /** Slots for predicted positions; every position is predicted where it is left out. */
  readonly capacity?: number;
  /** True: a block's activations are computed again in the backward pass. */
  readonly recomputed?: boolean;
  /** True: half precision. */
  readonly half?: boolean;
}

export function planTiny({
  shape = tinyShape,
  batch = 3,
  accumulation = 1,
  dropout = 0,
  capacity,
  recomputed,
  half,
}: TinyOptions = {}): SessionPlan {
  const model = find(families, shape.family).build(shape);
  return planSession(model, { batch, accumulation, dropout, optimizer: tinyOptimizer, capacity, recomputed, half });
}

/** Loads a plan with weights that depend on nothing but the shape. */
export async function loadTiny(backend: Backend, plan: SessionPlan): Promise<Session> {
  const session = await Session.load(backend, plan, tinyOptimizer);
  session.writeWeights(tinyWeights(plan));
  return session;
}

export function tinyWeights(plan: SessionPlan): Map<string, Float32Array> {
  return new Map(
    plan.model.arena.parts.map(({ name, length, initial }, index) => {
      const noise = Float32Array.from(normal(length, index + 1));
      if (initial.kind === 'constant') return [name, noise.map((value) => initial.value + 0.1 * value)];
      return [name, noise.map((value) => value * 0.08)];
    }),
  );
}

/** The micro-batches of one step; weights sum to 1 over all of them. */
export function tinyBatches(plan: SessionPlan, step: number): Batch[] {
  const { vocabulary } = plan.model.configuration;
  return plan.step.batches.map(({ tokens }, index) => ({
    tokens: integers(tokens.length, vocabulary, 100 * step + index),
    targets: integers(tokens.length, vocabulary, 7 * step + index + 1),
    weights: new Float32Array(tokens.length).fill(1 / (tokens.length * plan.step.batches.length)),
  }));
}

/** The same with every fourth position predicted, which leaves slots unused where there are more. */
export function tinyMaskedBatches(plan: SessionPlan, step: number): Batch[] {
  const { vocabulary, context } = plan.model.configuration;
  return plan.step.batches.map(({ tokens, targets }, index) => {
    const target = createBatch({ batch: tokens.length / context, context }, targets.length);
    target.tokens.set(integers(tokens.length, vocabulary, 100 * step + index));
    const labels = integers(tokens.length, vocabulary, 7 * step + index + 1);
    const positions = Array.from({ length: tokens.length >> 2 }, (_, i) => 4 * i + (step % 4));
    choosePositions(target, positions, (position) => labels[position], 1 / plan.step.batches.length);
    return target;
  });
}

/** Loss and gradient norm of each of the first steps. */
export async function trainTiny(
  session: Session,
  steps: number,
  seed = 1,
): Promise<{ loss: number; gradientNorm: number }[]> {
  const results: { loss: number; gradientNorm: number }[] = [];
  for (let step = 1; step <= steps; step++) {
    const batches = (session.plan.evaluation.batch.chosen ? tinyMaskedBatches : tinyBatches)(session.plan, step);
    const [metrics] = await session.submitStepAndRead(step, seed, 0.01, batches, step);
    results.push({ loss: metrics.loss, gradientNorm: metrics.gradientNorm });
  }
  return results;
}
