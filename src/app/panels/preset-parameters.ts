/** Size and pace of a preset for its label; the worker's plan is what counts. */
import type { ModelConfiguration } from '../../contract/configuration.ts';
import type { ModelPlan } from '../../contract/messages.ts';

/** Parameters of a GPT-2: (V + T)·C embeddings, 12·C² + 13·C in each block, 2·C in the last norm; two digits. */
export function presetParameters({ layers, width, context }: ModelConfiguration, vocabulary: number): number {
  const exact = (vocabulary + context) * width + layers * (12 * width * width + 13 * width) + 2 * width;
  return Number(exact.toPrecision(exact < 1e6 ? 1 : 2));
}

/** A slower step than this shows nothing for a minute. */
export const slowestStepMs = 3000;

/** Time of a step with a preset, from the measured step of the present run; undefined before any measurement. */
export function presetStepMs(model: ModelConfiguration, { configuration, stepMs, vocabulary }: ModelPlan) {
  if (stepMs === undefined) return undefined;
  return (stepMs * workOf(model, vocabulary)) / workOf(configuration.model, vocabulary);
}

/** Multiplications of a window: T · (12·L·C² + V·C) in matrices, and 2·L·T²·C in attention. */
function workOf({ layers, width, context }: ModelConfiguration, vocabulary: number): number {
  return context * (12 * layers * width * width + vocabulary * width) + 2 * layers * context * context * width;
}
