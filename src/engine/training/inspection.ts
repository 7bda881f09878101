/** Looks at what the user gives before anything is given up for it: texts, and tokenizers out of files. */
import type { Command, Event } from '../../contract/messages.ts';
import { inspectSource } from '../data/sources/source.ts';
import { problemOf } from '../problem.ts';
import type { LoadedTokenizers } from './loaded-tokenizers.ts';

/** The answer to a command that waits for no other. @param loaded keeps the tokenizers that are fine */
export async function answerAtOnce(
  command: Extract<Command, { type: 'inspect' | 'openTokenizer' }>,
  loaded: LoadedTokenizers,
): Promise<Event> {
  try {
    if (command.type === 'openTokenizer') {
      return { type: 'tokenizerOpened', tokenizer: await loaded.open(command.id, command.file) };
    }
    return { type: 'inspected', id: command.source.id, report: await inspectSource(command.source) };
  } catch (error) {
    const problem = problemOf(error);
    return command.type === 'inspect'
      ? { type: 'refused', id: command.source.id, problem }
      : { type: 'problem', problem };
  }
}
