/** Settings by their path inside a configuration, as 'model.layers': read, replaced, and the fields that describe them. */
import type { Catalog, NumberField } from '../../contract/catalog.ts';

/** Every number that can be set, those of a single objective among them. */
export function fieldsOf(catalog: Catalog): readonly NumberField[] {
  return [...catalog.fields, ...catalog.objectives.flatMap(({ fields }) => fields)];
}

/** The number at a path; NaN where there is none. */
export function readNumber(settings: object, path: string): number {
  const value = readSetting(settings, path);
  return typeof value === 'number' ? value : Number.NaN;
}

/** What stands at a path; undefined where there is nothing. */
export function readSetting(settings: object, path: string): unknown {
  let value: unknown = settings;
  for (const key of path.split('.')) value = isObject(value) ? Reflect.get(value, key) : undefined;
  return value;
}

/** The settings with the number or id at a path replaced. */
export function withValue<Settings extends object>(settings: Settings, path: string, value: number | string): Settings {
  return replaced(settings, path.split('.'), value);
}

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function replaced<Part extends object>(part: Part, [key, ...rest]: readonly string[], value: number | string): Part {
  const inner: unknown = Reflect.get(part, key);
  return { ...part, [key]: isObject(inner) && rest.length > 0 ? replaced(inner, rest, value) : value };
}
