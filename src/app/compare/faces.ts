/** How compared runs are told apart: by name, colour, mark, and line. */
import type { Catalog } from '../../contract/catalog.ts';
import type { RunConfiguration } from '../../contract/configuration.ts';
import type { RunReport } from '../../contract/messages.ts';
import type { Words } from '../i18n/use-words.ts';
import { objectiveOf } from '../store/architecture.ts';
import { letterOf } from '../store/runs.ts';
import { fieldsOf, readSetting } from '../store/setting-paths.ts';
import type { AppState } from '../store/state.ts';

export interface Face {
  /** 'Masked token', or 'Run B' where that would not tell it apart. */
  readonly name: string;
  /** What is particular about it: 'Layers 2 · Seed 7'; empty where the name says it. */
  readonly detail: string;
  readonly tone: 'causal' | 'masked';
  /** Of its curve: solid for the first of its colour. */
  readonly dash?: string;
}

const dashes = [undefined, '7 3', '2 3', '10 3 2 3'];

/** Choices from a registry; numbers have their fields. */
const chosenPaths = [
  'objective',
  'masking.unit',
  'model.family',
  'model.norm',
  'model.attention',
  'model.positions',
  'schedule.kind',
];

/** A comparison gives all runs their length itself. */
const sharedPath = 'schedule.totalSteps';

/** Faces of runs by their settings; none until all are prepared. */
export function facesOf(
  catalog: Catalog | undefined,
  runs: readonly (RunReport | undefined)[],
  words: Words,
): readonly Face[] {
  const configurations = runs.flatMap((run) => run?.configuration ?? []);
  if (!catalog || configurations.length < runs.length) return [];
  const entries = configurations.map((configuration) => objectiveOf(catalog, configuration));
  const isPair = entries.length === 2 && entries[0]?.writesOn !== entries[1]?.writesOn;
  const details = particulars(configurations, catalog, words);
  return entries.map((entry, index) => {
    const tone = entry?.writesOn === false ? 'masked' : 'causal';
    const same = entries.slice(0, index).filter((before) => before?.writesOn === entry?.writesOn).length;
    const name = isPair && entry ? words.label(entry.label) : words.t('compare.run', { letter: letterOf(index) });
    return { name, detail: isPair ? '' : details[index], tone, dash: dashes[same] };
  });
}

/** True where one predicts what comes next, and the other one fills blanks. */
export function isBothObjectives(runs: readonly AppState[]): boolean {
  const writes = runs.map(({ session: { catalog, run } }) => run && objectiveOf(catalog, run.configuration)?.writesOn);
  return runs.length === 2 && writes[0] !== writes[1];
}

/** Of each configuration, the settings in which they differ. */
function particulars(configurations: readonly RunConfiguration[], catalog: Catalog, words: Words): readonly string[] {
  const { number, significant, label } = words;
  const entries = [
    ...catalog.objectives,
    ...catalog.maskingUnits,
    ...catalog.families,
    ...catalog.norms,
    ...catalog.attentions,
    ...catalog.positions,
    ...catalog.schedules,
  ];
  const fields = fieldsOf(catalog).filter(({ path }) => path !== sharedPath);
  const differs = (path: string) => new Set(configurations.map((each) => readSetting(each, path))).size > 1;
  const write = (value: unknown, name: string): string[] => {
    if (typeof value === 'number') return [`${name} ${value >= 1 ? number(value) : significant(value)}`];
    const entry = entries.find(({ id }) => id === value);
    return entry ? [label(entry.label)] : [];
  };
  const named = [
    ...chosenPaths.map((path) => ({ path, name: '' })),
    ...fields.map(({ path, label: name }) => ({ path, name: label(name) })),
  ];
  const told = named.filter(({ path }) => differs(path));
  return configurations.map((each) =>
    told.flatMap(({ path, name }) => write(readSetting(each, path), name)).join(' · '),
  );
}
