/** What the user can do, as the page calls it. */
import type { ModelConfiguration, SamplingConfiguration } from '../../contract/configuration.ts';
import type { BackendChoice, BackendReport, Event, Problem } from '../../contract/messages.ts';
import type { LabelSource } from '../../contract/results.ts';
import type { ComparingActions } from './comparing.ts';
import type { OwnTextActions } from './own-text.ts';
import type { Place } from './problems.ts';
import type { TokenizingActions } from './tokenizing.ts';

export interface Actions extends TokenizingActions, OwnTextActions, ComparingActions {
  open(backend: BackendChoice): void;
  /** What the page says until the worker has opened a backend. */
  expectFallback(reason: BackendReport['fallbackReason']): void;
  /** Takes the settings of a link from what stands behind the # of an address; nothing else changes anything.
   *  @param keptText for a link to a text of the user's own */
  openLink(hash: string, keptText?: string): void;
  receive(event: Event): void;
  train(): void;
  pause(): void;
  step(): void;
  reset(): void;
  /** Brings back the run that the last reset put aside. */
  undoReset(): void;
  /** Sets a number or an id of the draft by its path, as 'model.layers'. */
  set(path: string, value: number | string): void;
  /** Sets the objective of the draft, and the attention that it is meant for. */
  setObjective(id: string): void;
  setModel(model: ModelConfiguration): void;
  /** Stops the reading of a text; the present run is as it was. */
  cancelReading(): void;
  /** Gives up the present run for the draft. */
  startAgain(): void;
  /** Gives up the draft for the present run. */
  keepRun(): void;
  setPrompt(text: string): void;
  showPosition(position: number): void;
  /** Blanks a token of the prompt, or shows it again. */
  toggleBlank(position: number): void;
  showBlank(position: number): void;
  /** Blanks other tokens, at random. */
  drawBlanks(): void;
  /** Asks how a piece of text becomes inputs and labels. */
  askLabels(source: LabelSource, draw: number): void;
  /** Asks where the time of a step goes; does nothing while that is being measured. */
  measureSpeed(): void;
  /** Shows the page as it was at a step; undefined leads back to now. */
  viewStep(step: number | undefined): void;
  setSampling(sampling: SamplingConfiguration): void;
  setTokensToWrite(tokens: number): void;
  generate(): void;
  save(): void;
  load(file: ArrayBuffer): void;
  report(problem: Problem): void;
  dismiss(place: Place): void;
}
