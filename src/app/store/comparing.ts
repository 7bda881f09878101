/** What the user can do about comparisons: begin one, leave it and come back, choose its pace and its blanks. */
import type { RunConfiguration } from '../../contract/configuration.ts';
import type { Command, ComparisonPace } from '../../contract/messages.ts';
import { withObjective } from './architecture.ts';
import { type BlanksState, withDrawn, withEdited, withToggled } from './blanks.ts';
import { type Compared, type ComparisonState, hasComparisonTrained } from './comparison.ts';
import { type OwnText, sourceOf } from './own-text.ts';
import type { RunRecord } from './runs.ts';
import { isSame, ownCorpus } from './settings.ts';
import { sharedBlanks } from './shared-sentence.ts';
import type { AppState } from './state.ts';

export interface ComparingActions {
  /** Shows both objectives side by side: the comparison there is, or a new one where none has trained. */
  compare(): void;
  /** Compares what is on show anew, with the settings as they are now, whatever it has learned. */
  compareAnew(): void;
  /** Compares both objectives with the page's settings in place of the runs that were picked. */
  compareObjectives(): void;
  /** Trains the configurations of these runs side by side, from the start, on the text that the runs share. */
  compareRuns(runs: readonly Pick<RunRecord, 'run' | 'text'>[]): void;
  /** Goes back to the run beside the comparison; both stay as they are. */
  leaveComparison(): void;
  setPace(pace: ComparisonPace): void;
  toggleSharedBlank(position: number): void;
  showSharedBlank(position: number): void;
  drawSharedBlanks(): void;
}

/** What these actions need of the store. */
export interface ComparingPlace {
  readonly state: AppState;
  change(comparison: Partial<ComparisonState>): void;
  /** Settings that have changed begin no run by themselves any more. */
  hold(): void;
  /** From now on the page waits for the worker's answer. */
  await(): void;
  post(command: Command): void;
  /** Sends the prompt with the blanks as they are now. */
  sendPrompt(): void;
}

/** Every objective with the settings of the page. */
function comparedByPage({ session, settings, comparison }: AppState): Compared | undefined {
  const { draft, ownText } = settings;
  if (!session.catalog || !draft) return undefined;
  const configurations = session.catalog.objectives.map(({ id }) =>
    id === draft.objective ? draft : withObjective(draft, id),
  );
  return { configurations, pace: comparison.pace, text: textOf(draft, ownText), isOfPage: true };
}

/** True where the comparison on show is not the one that the settings ask for. */
export function isComparisonStale(state: AppState): boolean {
  const { compared, pace, asked } = state.comparison;
  const wanted = comparedByPage(state);
  if (!compared || !wanted || asked.length > 0) return false;
  return compared.isOfPage ? !isSameComparison(compared, wanted) : compared.pace !== pace;
}

/** @param place is read anew at each call */
export function createComparing(place: () => ComparingPlace): ComparingActions {
  const begin = (compared: Compared | undefined) => {
    if (!compared) return;
    const { state, post, change, hold, await: wait } = place();
    const { configurations, pace, text } = compared;
    change({ isOpen: true, asked: [...state.comparison.asked, compared] });
    hold();
    wait();
    post({ type: 'compare', configurations, pace, text: text && sourceOf(text) });
  };
  const turn = (type: 'leave' | 'return') => {
    const { state, change, post, sendPrompt } = place();
    change({ isOpen: type === 'return', turning: state.comparison.turning + 1 });
    post({ type });
    sendPrompt();
  };
  const changeBlanks = (alter: (shared: BlanksState) => BlanksState) => {
    const { state, change, sendPrompt } = place();
    const shared = sharedBlanks(state.comparison);
    if (!shared) return;
    const { chosen, position } = alter(shared);
    change({ blanks: { chosen, position } });
    if (chosen !== shared.chosen) sendPrompt();
  };
  const compareAnew = () => {
    const { state } = place();
    const { compared, pace } = state.comparison;
    begin(compared && !compared.isOfPage ? { ...compared, pace } : comparedByPage(state));
  };
  return {
    compare: () => {
      const { state, hold } = place();
      const { comparison } = state;
      const wanted = comparedByPage(state);
      const isWanted = comparison.compared && wanted && isSameComparison(comparison.compared, wanted);
      if (!isWanted && !hasComparisonTrained(comparison)) return begin(wanted);
      hold();
      turn('return');
    },
    compareAnew,
    compareObjectives: () => begin(comparedByPage(place().state)),
    compareRuns: (runs) => {
      const { pace } = place().state.comparison;
      const configurations = runs.map(({ run }) => run.configuration);
      begin({ configurations, pace, text: runs[0]?.text, isOfPage: false });
    },
    leaveComparison: () => turn('leave'),
    setPace: (pace) => {
      place().change({ pace });
      const { state } = place();
      if (!hasComparisonTrained(state.comparison) && isComparisonStale(state)) compareAnew();
    },
    toggleSharedBlank: (position) => changeBlanks((shared) => withToggled(shared, position)),
    showSharedBlank: (position) => changeBlanks((shared) => ({ ...shared, position })),
    drawSharedBlanks: () => changeBlanks((shared) => withDrawn(shared, Math.random)),
  };
}

/** The blanks after the sentence has been edited. */
export function editedBlanks(comparison: ComparisonState, before: string, after: string): ComparisonState['blanks'] {
  const shared = sharedBlanks(comparison);
  if (!shared) return {};
  const { chosen, position } = withEdited(shared, before, after);
  return { chosen, position };
}

function isSameComparison(one: Compared, other: Compared): boolean {
  return one.pace === other.pace && one.text === other.text && isSame(one.configurations, other.configurations);
}

function textOf({ corpus }: RunConfiguration, own: OwnText | undefined): OwnText | undefined {
  return corpus === ownCorpus ? own : undefined;
}
