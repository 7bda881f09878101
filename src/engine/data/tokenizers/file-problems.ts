/** What can be wrong with a tokenizer.json, as problems that name the place. */

import { ProblemError } from '../../problem.ts';
import type { z } from '../../schema.ts';

/** @param detail where in the file, as 'model.vocab' */
export function corrupt(detail: string): ProblemError {
  return new ProblemError({ where: 'tokenizer', code: 'tokenizer-corrupt', values: { detail } });
}

/** @param feature what this page can't do, by its name in the file */
export function unsupported(feature: string): ProblemError {
  return new ProblemError({ where: 'tokenizer', code: 'tokenizer-unsupported', values: { feature } });
}

/** Where a file says how ids become text, it must be the way of its kind. @throws ProblemError 'tokenizer-unsupported' */
export function checkDecoder(decoder: { readonly type: string } | null | undefined, known: string): void {
  if (decoder && decoder.type !== known) throw unsupported(`decoder ${decoder.type}`);
}

/** @throws ProblemError 'tokenizer-corrupt' with the first place that does not fit
 *  @param place of the value in the file */
export function parseShape<T>(schema: z.ZodType<T>, value: unknown, place: readonly string[] = []): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw corrupt([...place, ...result.error.issues[0].path].join('.') || 'JSON');
}
