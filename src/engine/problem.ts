/** The error that the engine throws for anything a user can mend: it carries what the page will say. */
import type { Problem } from '../contract/messages.ts';

export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(`${problem.code} ${JSON.stringify(problem.values)}`);
    this.name = 'ProblemError';
  }
}
