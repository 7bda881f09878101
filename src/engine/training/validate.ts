/** Checks a configuration before anything is built from it: what the user can mend, said as a problem. */
import type { NumberField } from '../../contract/catalog.ts';
import type { RunConfiguration } from '../../contract/configuration.ts';
import { ProblemError } from '../problem.ts';
import { fields } from './fields.ts';

/** @throws ProblemError 'setting-out-of-range' or 'model-heads-width' */
export function validateConfiguration(configuration: RunConfiguration): void {
  for (const field of fields) checkRange(field, valueAt(configuration, field.path));
  const { heads, width } = configuration.model;
  if (width % heads !== 0) {
    throw new ProblemError({ where: 'model', code: 'model-heads-width', values: { heads, width } });
  }
}

function checkRange({ path, minimum, maximum, step }: NumberField, value: unknown): void {
  const whole = Number.isInteger(step);
  const valid =
    typeof value === 'number' && value >= minimum && value <= maximum && (!whole || Number.isInteger(value));
  if (valid) return;
  const where = path.startsWith('model') ? 'model' : path === 'vocabulary' ? 'corpus' : 'settings';
  throw new ProblemError({ where, code: 'setting-out-of-range', values: { setting: path, minimum, maximum } });
}

/** The value that a path such as 'model.layers' names. */
function valueAt(configuration: RunConfiguration, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => {
    return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  }, configuration);
}
