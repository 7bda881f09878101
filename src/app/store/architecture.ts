/** What a model is made of, and what an objective or a family brings along. */
import type { Catalog, ObjectiveEntry } from '../../contract/catalog.ts';
import type { ModelConfiguration, RunConfiguration } from '../../contract/configuration.ts';

/** A part of a model that the family brings where nothing else is set. */
export type Part = 'norm' | 'attention' | 'positions';

/** Registry id of the attention that sees nothing to the right. */
const causal = 'causal';

/** The objective of a configuration, as the catalog has it. */
export function objectiveOf(catalog: Catalog | undefined, { objective }: RunConfiguration): ObjectiveEntry | undefined {
  return catalog?.objectives.find(({ id }) => id === objective);
}

/** True where the model fills blanks instead of writing on. */
export function fillsBlanks(catalog: Catalog | undefined, configuration: RunConfiguration | undefined): boolean {
  return configuration !== undefined && objectiveOf(catalog, configuration)?.writesOn === false;
}

/** Id of a part of the model: its own choice, or what it gets where that is left out. */
export function partOf(catalog: Catalog, configuration: RunConfiguration, part: Part): string {
  return configuration.model[part] ?? impliedPart(catalog, configuration, part) ?? '';
}

/** True where every position sees what stands right of it. */
export function seesRight(catalog: Catalog, configuration: RunConfiguration): boolean {
  return partOf(catalog, configuration, 'attention') !== causal;
}

/** The model with another part; one that it would get anyway is left out. */
export function withPart(
  catalog: Catalog,
  configuration: RunConfiguration,
  part: Part,
  id: string,
): ModelConfiguration {
  const { [part]: _, ...rest } = configuration.model;
  return id === impliedPart(catalog, configuration, part) ? rest : { ...rest, [part]: id };
}

/** The configuration with another objective, which brings the attention that it is meant for. */
export function withObjective(configuration: RunConfiguration, objective: string): RunConfiguration {
  const { attention: _, ...model } = configuration.model;
  return { ...configuration, objective, model };
}

/** The model with another family and all that this brings. */
export function withFamily(model: ModelConfiguration, family: string): ModelConfiguration {
  const { context, layers, heads, width } = model;
  return { family, context, layers, heads, width };
}

/** The model in other sizes, made of the same parts. */
export function withSizes(model: ModelConfiguration, sizes: ModelConfiguration): ModelConfiguration {
  const { context, layers, heads, width } = sizes;
  return { ...model, context, layers, heads, width };
}

/** True where two models differ in nothing but what they are made of. */
export function hasSizes(model: ModelConfiguration, sizes: ModelConfiguration): boolean {
  const names = ['context', 'layers', 'heads', 'width'] as const;
  return names.every((name) => model[name] === sizes[name]);
}

/** What a model gets where its configuration leaves it out: attention from the objective, the rest from the family. */
function impliedPart(catalog: Catalog, configuration: RunConfiguration, part: Part): string | undefined {
  if (part === 'attention') return objectiveOf(catalog, configuration)?.attention;
  return catalog.families.find(({ id }) => id === configuration.model.family)?.own[part];
}
