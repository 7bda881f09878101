/** The state of the page in slices, and the one function that takes an event from the worker into it. */
import type { Event } from '../../contract/messages.ts';
import { type BlanksState, initialBlanks, reduceBlanks } from './blanks.ts';
import { type ComparisonState, initialComparison, reduceComparison } from './comparison.ts';
import { emptyHistory, type HistoryState, initialHistory, reduceHistory } from './history.ts';
import { type KeptState, reduceKept } from './kept.ts';
import { initialLabels, type LabelsState, reduceLabels } from './labels.ts';
import { initialPrediction, type PredictionState, reducePrediction } from './prediction.ts';
import { initialProblems, type ProblemsState, reduceProblems } from './problems.ts';
import { initialRuns, type RunsState, reduceRuns } from './runs.ts';
import { initialSession, reduceSession, type SessionState } from './session.ts';
import { initialSettings, reduceSettings, type SettingsState } from './settings.ts';
import { initialSpeed, reduceSpeed, type SpeedState } from './speed.ts';
import { initialVocabulary, reduceVocabulary, type VocabularyState } from './vocabulary.ts';
import { initialWriting, reduceWriting, type WritingState } from './writing.ts';

export interface AppState {
  readonly session: SessionState;
  readonly settings: SettingsState;
  readonly history: HistoryState;
  readonly prediction: PredictionState;
  readonly blanks: BlanksState;
  readonly labels: LabelsState;
  readonly vocabulary: VocabularyState;
  readonly speed: SpeedState;
  readonly writing: WritingState;
  readonly problems: ProblemsState;
  /** The run that the last reset put aside, while it can come back. */
  readonly kept?: KeptState;
  readonly comparison: ComparisonState;
  readonly runs: RunsState;
}

export const initialState: AppState = {
  session: initialSession,
  settings: initialSettings,
  history: initialHistory,
  prediction: initialPrediction,
  blanks: initialBlanks,
  labels: initialLabels,
  vocabulary: initialVocabulary,
  speed: initialSpeed,
  writing: initialWriting,
  problems: initialProblems,
  comparison: initialComparison,
  runs: initialRuns,
};

/** The state after an event; a slice that the event doesn't touch keeps its identity. */
export function applyEvent(state: AppState, event: Event): AppState {
  return reduceKept(reduceSlices(state, event), event);
}

function reduceSlices(state: AppState, event: Event): AppState {
  return {
    ...state,
    session: reduceSession(state.session, event),
    settings: reduceSettings(state.settings, event),
    history: reduceHistory(state.history, event),
    prediction: reducePrediction(state.prediction, event),
    blanks: reduceBlanks(state.blanks, event),
    labels: reduceLabels(state.labels, event),
    vocabulary: reduceVocabulary(state.vocabulary, event),
    speed: reduceSpeed(state.speed, event),
    writing: reduceWriting(state.writing, event),
    problems: reduceProblems(state.problems, event),
    comparison: reduceComparison(state.comparison, event, () => freshState(state), applyEvent),
    runs: reduceRuns(state, event),
  };
}

/** What the page knows before there is a run. */
function freshState({ session: { backend, catalog } }: AppState): AppState {
  return { ...initialState, history: emptyHistory(), session: { ...initialSession, backend, catalog } };
}
