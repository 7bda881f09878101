/** Cuts the batches of a run out of its dataset: random windows to train on, evenly spread ones to evaluate. */
import type { TrainingConfiguration } from '../../contract/configuration.ts';
import type { Dataset } from '../data/dataset.ts';
import { RandomSequence } from '../data/random.ts';
import { randomStarts, spreadStarts } from '../data/sampler.ts';
import { commonWindow } from '../objectives/index.ts';
import { type Batch, createBatch, type Objective, type ObjectiveSettings } from '../objectives/objective.ts';
import type { BatchSource } from './trainer.ts';

/** Held-out positions that an evaluation measures, about. */
const evaluationPositions = 2048;

/** Streams of the seed: parameters use the first ones, steps those from here on. */
const stepStreams = 1 << 20;

export function createBatchSource(
  dataset: Dataset,
  objective: Objective,
  { batch, accumulation, seed }: TrainingConfiguration,
  context: number,
  settings: ObjectiveSettings,
): BatchSource {
  const shape = { batch, context };
  const capacity = objective.capacity(shape, settings.masking);
  const window = commonWindow(context);
  const starts = new Int32Array(batch);
  const targets = Array.from({ length: accumulation }, () => createBatch(shape, capacity));
  return {
    training(step) {
      for (const [index, target] of targets.entries()) {
        const random = new RandomSequence(seed, stepStreams + step * accumulation + index);
        randomStarts(starts, dataset.training.length, window, random);
        objective.fill(target, { ...shape, tokens: dataset.training, starts }, 1 / accumulation, random, settings);
      }
      return targets;
    },
    validation: validationBatches(dataset, objective, shape, seed, settings),
  };
}

function validationBatches(
  { validation }: Dataset,
  objective: Objective,
  shape: { batch: number; context: number },
  seed: number,
  settings: ObjectiveSettings,
): Batch[] {
  const window = commonWindow(shape.context);
  const capacity = objective.capacity(shape, settings.masking);
  const predicted = capacity ?? shape.batch * shape.context;
  const count = Math.max(1, Math.min(8, Math.round(evaluationPositions / predicted)));
  const starts = spreadStarts(count * shape.batch, validation.length, window);
  return Array.from({ length: count }, (_, index) => {
    const target = createBatch(shape, capacity);
    const own = starts.subarray(index * shape.batch, (index + 1) * shape.batch);
    const random = new RandomSequence(seed, stepStreams - 1 - index);
    objective.fill(target, { ...shape, tokens: validation, starts: own }, 1, random, settings);
    return target;
  });
}
