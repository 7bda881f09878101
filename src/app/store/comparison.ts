/** Runs that are compared: a state of the page for each of them, their fair scores over time, and what the page shows. */
import type { RunConfiguration } from '../../contract/configuration.ts';
import type { ComparisonPace, Event, RunReport } from '../../contract/messages.ts';
import type { Verdict } from '../../contract/results.ts';
import type { BlanksState } from './blanks.ts';
import type { OwnText } from './own-text.ts';
import { hasTrained, isRunStatus } from './session.ts';
import type { AppState } from './state.ts';

/** What the worker was asked to compare. */
export interface Compared {
  readonly configurations: readonly RunConfiguration[];
  readonly pace: ComparisonPace;
  /** Text of the user's own; undefined where it is a built-in corpus. */
  readonly text?: OwnText;
  /** True where it is every objective with the settings of the page; false for runs that were picked. */
  readonly isOfPage: boolean;
}

export interface ComparisonState {
  /** True while the page shows it in place of the run beside it: what the user wished last. */
  readonly isOpen: boolean;
  /** True while the worker has it in view, by its answers so far. */
  readonly isInView: boolean;
  /** Commands to leave or to return that the worker has not answered yet. */
  readonly turning: number;
  /** What the worker holds; undefined before its first answer. */
  readonly compared?: Compared;
  /** What the worker has been asked for and has not answered yet, in order. */
  readonly asked: readonly Compared[];
  /** What each run is to get as much of, at the next comparison. */
  readonly pace: ComparisonPace;
  /** One for each run, in the order of `compared`. */
  readonly runs: readonly AppState[];
  /** By ascending step. */
  readonly verdicts: readonly Verdict[];
  /** Those of the runs that the last reset has put aside. */
  readonly keptVerdicts?: readonly Verdict[];
  /** The blanks that all runs see, and the one in view. */
  readonly blanks: Pick<BlanksState, 'chosen' | 'position'>;
}

export const initialComparison: ComparisonState = {
  isOpen: false,
  isInView: false,
  turning: 0,
  asked: [],
  pace: 'steps',
  runs: [],
  verdicts: [],
  blanks: {},
};

/** Takes an event into the state of one run. */
type Apply = (run: AppState, event: Event) => AppState;

/** The comparison after an event.
 *  @param fresh makes a state of the page that knows nothing of a run */
export function reduceComparison(
  state: ComparisonState,
  event: Event,
  fresh: () => AppState,
  apply: Apply,
): ComparisonState {
  switch (event.type) {
    case 'comparing': {
      const runs = event.runs.map((run) => {
        const empty = fresh();
        const session = { ...empty.session, besideMs: timeBeside(run, event.runs) };
        return apply({ ...empty, session }, { type: 'prepared', run });
      });
      const [compared, ...asked] = state.asked;
      return settled({ ...state, isInView: true, compared, asked, runs, verdicts: [], keptVerdicts: undefined });
    }
    case 'compared': {
      const runs = state.runs.map((run, index) => (index === event.index ? apply(run, event.event) : run));
      return event.index === 0 ? withVerdictsAfter({ ...state, runs }, event.event) : { ...state, runs };
    }
    case 'verdict': {
      const before = state.verdicts.filter(({ steps }) => steps[0] < event.verdict.steps[0]);
      return { ...state, verdicts: [...before, event.verdict] };
    }
    case 'uncompared':
      return settled({ ...state, asked: state.asked.slice(1) });
    case 'inView':
      return settled({ ...state, isInView: event.isComparison, turning: state.turning - 1 });
    case 'prepared':
      return settled({ ...state, isInView: false });
    case 'displaced': {
      const { pace, isOpen, turning, asked } = state;
      return settled({ ...initialComparison, pace, isOpen, turning, asked });
    }
    default:
      return state;
  }
}

/** Milliseconds that all other runs take while this one makes a step. */
function timeBeside(run: RunReport, runs: readonly RunReport[]): number {
  const timeOf = ({ configuration, plan }: RunReport) => configuration.schedule.totalSteps * (plan.stepMs ?? 0);
  const all = runs.reduce((sum, each) => sum + timeOf(each), 0);
  return (all - timeOf(run)) / run.configuration.schedule.totalSteps;
}

/** The page shows what the worker has in view, unless that is about to change by a wish of the user. */
function settled(state: ComparisonState): ComparisonState {
  const isWaiting = state.asked.length > 0 || state.turning > 0;
  return isWaiting ? state : { ...state, isOpen: state.isInView };
}

/** Scores go back with the runs, and come back with them. */
function withVerdictsAfter(state: ComparisonState, event: Event): ComparisonState {
  const { verdicts, keptVerdicts } = state;
  switch (event.type) {
    case 'kept':
      return { ...state, keptVerdicts: verdicts };
    case 'restored':
      return { ...state, verdicts: keptVerdicts ?? verdicts, keptVerdicts: undefined };
    case 'status': {
      if (!isRunStatus(event.status) || verdicts.every(({ steps }) => steps[0] <= event.step)) return state;
      return { ...state, verdicts: verdicts.filter(({ steps }) => steps[0] <= event.step) };
    }
    default:
      return state;
  }
}

/** The state of the run that training and the page's head are about: the first of those compared, while they are shown. */
export function stateInView(state: AppState): AppState {
  const { isOpen, runs } = state.comparison;
  return (isOpen && runs[0]) || state;
}

/** True while weights of compared runs could be lost. */
export function hasComparisonTrained({ runs }: ComparisonState): boolean {
  return runs.some(({ session }) => hasTrained(session));
}
