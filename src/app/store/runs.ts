/** The runs of this session: those that gave way to others, with what they came to. */
import type { Event, RunReport } from '../../contract/messages.ts';
import type { FairScore } from '../../contract/results.ts';
import type { ComparisonState } from './comparison.ts';
import { elapsedSeconds, type HistoryState } from './history.ts';
import type { OwnText } from './own-text.ts';
import { lastValue } from './series.ts';
import type { AppState } from './state.ts';

/** What a run has come to. */
export interface RunRecord {
  readonly run: RunReport;
  /** Text of the user's own that it was trained on; undefined where it was a built-in corpus. */
  readonly text?: OwnText;
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
      return withRecords(before.runs, keptRecordOf(before), recordOf(before));
    case 'released':
      return withRecords(before.runs, keptRecordOf(before));
    case 'compared':
      return event.event.type === 'released'
        ? withRecords(before.runs, keptRecords(before.comparison)[event.index])
        : before.runs;
    case 'comparing':
    case 'displaced':
      return withRecords(before.runs, ...keptRecords(before.comparison), ...presentRecords(before.comparison));
    default:
      return before.runs;
  }
}

/** The compared runs as they stand. */
function presentRecords(comparison: ComparisonState, read: ReadRecord = recordOf): readonly (RunRecord | undefined)[] {
  return comparedRecords(comparison, comparison.verdicts, read);
}

/** Those that a reset has put aside. */
function keptRecords(comparison: ComparisonState): readonly (RunRecord | undefined)[] {
  return comparedRecords(comparison, comparison.keptVerdicts, keptRecordOf);
}

type ReadRecord = (run: AppState) => RunRecord | undefined;

function comparedRecords(
  { runs, compared }: ComparisonState,
  verdicts: ComparisonState['verdicts'] | undefined,
  read: ReadRecord,
): readonly (RunRecord | undefined)[] {
  const scores = verdicts?.at(-1)?.scores;
  return runs.map((run, index) => {
    const record = read(run);
    return record && { ...record, text: compared?.text, score: record.step > 0 ? scores?.[index] : undefined };
  });
}

/** The run that a reset has put aside. */
function keptRecordOf(state: AppState): RunRecord | undefined {
  return state.kept && recordWith(state, state.kept);
}

/** A run as it stands; undefined where it has not trained. */
function recordOf(state: AppState): RunRecord | undefined {
  return recordWith(state, { step: state.session.step, history: state.history });
}

function recordWith(
  { session, settings }: AppState,
  { step, history }: { readonly step: number; readonly history: HistoryState },
): RunRecord | undefined {
  const { run } = session;
  if (!run || step === 0) return undefined;
  const seconds = elapsedSeconds(history.points);
  return {
    run,
    text: settings.runText,
    step,
    seconds,
    validationLoss: lastValue(history.evaluations, 'validationLoss'),
  };
}

/** True where both were trained on the same tokens, so that one can be held against the other. */
export function isComparable(one: RunRecord, other: RunRecord): boolean {
  const [a, b] = [one.run.configuration, other.run.configuration];
  const isSameText = a.corpus === b.corpus && one.text?.id === other.text?.id;
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
  const compared = presentRecords(state.comparison, (run) => recordOf(run) ?? untrained(run));
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
  return run && { run, text: settings.runText, step: 0, seconds: 0 };
}
