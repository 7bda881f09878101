/** What can be wrong with a tokenizer.json, as problems that name the place. */
import type { z } from 'zod';
import { ProblemError } from '../../problem.ts';

/** @param detail where in the file, as 'model.vocab' */
export function corrupt(detail: string): ProblemError {
  return new ProblemError({ where: 'corpus', code: 'tokenizer-corrupt', values: { detail } });
}

/** @param feature what this page can't do, by its name in the file */
export function unsupported(feature: string): ProblemError {
  return new ProblemError({ where: 'corpus', code: 'tokenizer-unsupported', values: { feature } });
}

/** @throws ProblemError 'tokenizer-corrupt' with the first place that does not fit
 *  @param place of the value in the file */
export function parseShape<T>(schema: z.ZodType<T>, value: unknown, place: readonly string[] = []): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw corrupt([...place, ...result.error.issues[0].path].join('.') || 'JSON');
}
