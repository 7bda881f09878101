/** Named sizes of the step benchmark: the configurations of all figures, and what the page starts with. */

import { buildCatalog } from '../src/engine/training/catalog.ts';
import { candidatePresets } from '../src/engine/training/preset-choice.ts';
import { sizes } from './configurations.ts';

export type StepSize = Readonly<Record<'vocabulary' | 'context' | 'layers' | 'heads' | 'width' | 'batch', number>>;

/** About as many characters as an English text has. */
const vocabulary = 96;

/** The page's default where a step of it is quick: the largest candidate. */
function defaultSize(software: boolean): StepSize {
  const preset = candidatePresets(software).at(-1)!;
  const { model, training } = buildCatalog([], preset, !software).defaults;
  const { context, layers, heads, width } = model;
  return { vocabulary, context, layers, heads, width, batch: training.batch };
}

export const stepSizes: Readonly<Record<string, StepSize>> = {
  ...sizes,
  'software-default': defaultSize(true),
  'gpu-default': defaultSize(false),
};
