/** The error that the engine throws for anything a user can mend: it carries what the page will say. */
import type { Problem } from '../contract/messages.ts';

export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(`${problem.code} ${JSON.stringify(problem.values)}`);
    this.name = 'ProblemError';
  }
}

/** Says what is wrong in another place than where it was noticed. @throws what `action` throws */
export function saidAt<T>(where: Problem['where'], action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof ProblemError) throw new ProblemError({ ...error.problem, where });
    throw error;
  }
}

/** What the page is told of an error: its problem, or that something unexpected happened. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  const detail = error instanceof Error ? error.message : String(error);
  return { where: 'backend', code: 'worker-crashed', values: { detail } };
}
