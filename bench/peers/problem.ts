/** The training that every competitor does: the same weights and batches, kept as files that bench:step reads too. */
import { readPart } from '../../src/engine/nn/parameters.ts';
import type { Batch } from '../../src/engine/objectives/objective.ts';
import { initialValues } from '../../src/engine/training/initialize.ts';
import type { NamedTensor } from '../../src/engine/training/safetensors.ts';
import { readWeights, weightFormat, writeWeights } from '../../src/engine/training/weight-files.ts';
import { benchModel, type ConfigurationName, sizes } from '../configurations.ts';
import { inventedTokens } from '../invented-tokens.ts';
import { nextTokenBatches } from '../step-batches.ts';

export interface ProblemFiles {
  /** safetensors, in GPT-2's names. */
  readonly weights: Uint8Array;
  /** int32 [batches, batch, context + 1]. */
  readonly tokens: Int32Array;
}

export interface Problem {
  readonly sizes: (typeof sizes)[ConfigurationName];
  /** By GPT-2's names without the prefix; matrices as Conv1D keeps them, [in, out]. */
  readonly weights: ReadonlyMap<string, NamedTensor>;
  /** One per step, in turn. */
  readonly batches: readonly Batch[];
}

/** As many different batches as losses are compared. */
export const batchCount = 10;
const seed = 1;
const format = weightFormat('gpt');

export function problemFiles(name: ConfigurationName): ProblemFiles {
  const { arena } = benchModel(name);
  const values = initialValues(arena, seed);
  const parts = new Map(arena.parts.map((part) => [part.name, readPart(values, part)]));
  const tokens = inventedTokens(sizes[name], batchCount);
  return { weights: new Uint8Array(writeWeights(arena.parts, parts, format)), tokens };
}

export function readProblem(name: ConfigurationName, { weights, tokens }: ProblemFiles): Problem {
  const { vocabulary, context, batch } = sizes[name];
  const { parts } = benchModel(name).arena;
  const values = readWeights(weights, parts, format);
  const named = parts.map(({ name, shape }): [string, NamedTensor] => [name, { shape, values: values.get(name)! }]);
  return {
    sizes: sizes[name],
    weights: new Map(named),
    batches: nextTokenBatches(tokens, batch, context, vocabulary).batches,
  };
}
