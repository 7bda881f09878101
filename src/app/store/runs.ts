/** The runs of this session: those that gave way to others, with what they came to. */
import type { Event, FairScore, RunReport } from '../../contract/messages.ts';
import type { ComparisonState } from './comparison.ts';
import { elapsedSeconds, type HistoryState } from './history.ts';
import { lastValue } from './series.ts';
import type { AppState } from './state.ts';

/** What a run has come to. */
export interface RunRecord {
  readonly run: RunReport;
  /** Text of the user's own that it was trained on; undefined where it was a built-in corpus. */
  readonly textId?: number;
  readonly step: number;
  readonly seconds: number;
  /** In nats per token; undefined before the first evaluation. */
  readonly validationLoss?: number;
  /** Where it was compared. */
  readonly score?: FairScore;
}

export interface RunsState {
  /** The latest first. */
  readonly kept: readonly (RunRecord & { readonly number: number })[];
  /** Runs that have been kept so far, also those that had to go since. */
  readonly count: number;
}

export const initialRuns: RunsState = { kept: [], count: 0 };

const mostKept = 50;

/** The runs after an event. @param before the state of the page until then */
export function reduceRuns(before: AppState, event: Event): RunsState {
  switch (event.type) {
    case 'prepared':
    case 'loaded':
      return withRecords(before.runs, recordOf(before));
    case 'released':
      return withRecords(before.runs, before.kept && recordOf(before, before.kept));
    case 'comparing':
    case 'displaced':
      return withRecords(before.runs, ...comparedRecords(before.comparison));
    default:
      return before.runs;
  }
}

/** The compared runs as they stand. */
export function comparedRecords({ runs, verdicts, compared }: ComparisonState): readonly (RunRecord | undefined)[] {
  const verdict = verdicts.at(-1);
  return runs.map((run, index) => {
    const record = recordOf(run);
    return record && { ...record, textId: compared?.text?.id, score: verdict?.scores[index] };
  });
}

/** A run as it stands; undefined where it has not trained. */
export function recordOf(
  { session, settings, history: present }: AppState,
  { step, history }: { readonly step: number; readonly history: HistoryState } = {
    step: session.step,
    history: present,
  },
): RunRecord | undefined {
  const { run } = session;
  if (!run || step === 0) return undefined;
  const seconds = elapsedSeconds(history.points);
  return {
    run,
    textId: settings.runText?.id,
    step,
    seconds,
    validationLoss: lastValue(history.evaluations, 'validationLoss'),
  };
}

/** True where both were trained on the same tokens, so that one can be held against the other. */
export function isComparable(one: RunRecord, other: RunRecord): boolean {
  const [a, b] = [one.run.configuration, other.run.configuration];
  const isSameText = a.corpus === b.corpus && one.textId === other.textId;
  return isSameText && a.tokenizer === b.tokenizer && a.vocabulary === b.vocabulary;
}

function withRecords(state: RunsState, ...records: readonly (RunRecord | undefined)[]): RunsState {
  const trained = records.filter((record) => record !== undefined);
  if (trained.length === 0) return state;
  const added = trained.map((record, index) => ({ ...record, number: state.count + index + 1 }));
  return { kept: [...added.toReversed(), ...state.kept].slice(0, mostKept), count: state.count + trained.length };
}

/** A row of the table: a run at present has no number. */
export interface RunRow extends RunRecord {
  readonly key: string;
  readonly number?: number;
  /** Of a run that is compared at present. */
  readonly letter?: string;
}

/** Every run there is to see: what trains or waits now, then those that gave way, the latest first. */
export function runRows(state: AppState): readonly RunRow[] {
  const single = recordOf(state) ?? untrained(state);
  const compared = comparedRecords(state.comparison).map(
    (record, index) => record ?? untrained(state.comparison.runs[index]),
  );
  const rows = [single, ...compared].flatMap((record, index) => {
    const letter = index > 0 ? letterOf(index - 1) : undefined;
    return record ? [{ ...record, letter, key: `present ${index}` }] : [];
  });
  return [...rows, ...state.runs.kept.map((record) => ({ ...record, key: `kept ${record.number}` }))];
}

/** A, B, C, D. */
export function letterOf(index: number): string {
  return String.fromCharCode(65 + index);
}

/** A run that has settings to compare, and nothing else yet. */
function untrained({ session: { run }, settings }: AppState): RunRecord | undefined {
  return run && { run, textId: settings.runText?.id, step: 0, seconds: 0 };
}
