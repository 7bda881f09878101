/** A program to run for its duration alone: the same calls in the same order, none of which writes what is to last. */
import type { Dispatch, Program, Range, Storage } from '../program/program.ts';

/** Calls that would write any of `lasting` work on memory of the rehearsal's own in place of all of it; the others read
 *  what is there. So only memory is written that every pass of the program writes before it reads it. */
export function rehearsalOf(program: Program, lasting: readonly Storage[]): Program {
  const standIns = new Map(
    lasting.map((storage): [Storage, Storage] => [storage, { ...storage, label: `rehearsed ${storage.label}` }]),
  );
  const replaced = (range: Range | undefined): Range | undefined =>
    range && { ...range, storage: standIns.get(range.storage) ?? range.storage };
  const dispatches = program.dispatches.map((dispatch) => {
    if (!writesAny(dispatch, standIns)) return dispatch;
    const ranges = Object.fromEntries(Object.entries(dispatch.ranges).map(([name, range]) => [name, replaced(range)]));
    return { ...dispatch, ranges };
  });
  return {
    ...program,
    label: `${program.label}, rehearsed`,
    dispatches,
    owned: [...standIns.values()],
    shared: [...program.owned, ...program.shared],
  };
}

function writesAny({ kernel, ranges }: Dispatch, storages: ReadonlyMap<Storage, unknown>): boolean {
  return Object.entries(kernel.bindings).some(([name, { access }]) => {
    const range = ranges[name];
    return access !== 'read' && range !== undefined && storages.has(range.storage);
  });
}
