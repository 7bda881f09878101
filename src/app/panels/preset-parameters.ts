/** Size of a preset for its label; the worker's plan is what counts. */
import type { ModelConfiguration } from '../../contract/configuration.ts';

/** Parameters of a GPT-2: (V + T)·C embeddings, 12·C² + 13·C in each block, 2·C in the last norm; two digits. */
export function presetParameters({ layers, width, context }: ModelConfiguration, vocabulary: number): number {
  const exact = (vocabulary + context) * width + layers * (12 * width * width + 13 * width) + 2 * width;
  return Number(exact.toPrecision(exact < 1e6 ? 1 : 2));
}
