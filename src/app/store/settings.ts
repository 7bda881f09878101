/** What the user has set: the draft of a run, text of their own, sampling, and the size the worker planned for it. */
import type { Catalog, NumberField } from '../../contract/catalog.ts';
import type { RunConfiguration, SamplingConfiguration } from '../../contract/configuration.ts';
import type { Event, ModelPlan, RunReport } from '../../contract/messages.ts';
import type { OwnText } from './own-text.ts';
import { isObject, readNumber, withValue } from './setting-paths.ts';
import type { OwnTokenizer } from './tokenizing.ts';

export interface SettingsState {
  readonly draft?: RunConfiguration;
  readonly ownText?: OwnText;
  /** A file that the worker looks at. */
  readonly offered?: OwnText;
  /** A file that the worker has refused, while the reason is on show: it may still be read in another way. */
  readonly refused?: OwnText;
  /** The text sent with the last `configure`. */
  readonly sentText?: OwnText;
  /** The text of the run the worker holds; undefined where it is a built-in corpus. */
  readonly runText?: OwnText;
  /** Tokenizers out of files, the latest last. */
  readonly ownTokenizers: readonly OwnTokenizer[];
  readonly plan?: ModelPlan;
  readonly sampling: SamplingConfiguration;
  /** Tokens to write at one click. */
  readonly tokensToWrite: number;
}

export const initialSettings: SettingsState = {
  ownTokenizers: [],
  sampling: { temperature: 0.8, topK: 0, topP: 0.95 },
  tokensToWrite: 200,
};

/** The settings after an event. */
export function reduceSettings(state: SettingsState, event: Event): SettingsState {
  switch (event.type) {
    case 'ready':
      return { ...state, draft: state.draft ?? event.catalog.defaults };
    case 'prepared':
      return {
        ...state,
        plan: event.run.plan,
        runText: isOwn(event.run) ? state.sentText : undefined,
        refused: undefined,
      };
    case 'planned':
      return { ...state, plan: event.plan };
    default:
      return state;
  }
}

/** Registry id of a corpus that the user gave. */
export const ownCorpus = 'custom';

export function isWithin({ minimum, maximum }: NumberField, value: number): boolean {
  return value >= minimum && value <= maximum;
}

/** True where the draft can't be reached from the run without starting again. */
export function needsRestart(settings: SettingsState, catalog: Catalog, run: RunReport): boolean {
  if (!settings.draft) return false;
  let reached = run.configuration;
  for (const { path } of catalog.fields.filter(({ live }) => live)) {
    reached = withValue(reached, path, readNumber(settings.draft, path));
  }
  if (!isSame(reached, settings.draft)) return true;
  return settings.draft.corpus === ownCorpus && settings.ownText !== settings.runText;
}

function isOwn(run: RunReport): boolean {
  return run.configuration.corpus === ownCorpus;
}

/** True where two values hold the same in all their parts. */
export function isSame(one: unknown, other: unknown): boolean {
  if (one === other || !isObject(one) || !isObject(other)) return one === other;
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].every((key) => isSame(Reflect.get(one, key), Reflect.get(other, key)));
}
