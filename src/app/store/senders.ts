/** What the store sends of its state once the user has paused: settings, their plan, the prompt, labels, the learning rate. */
import type { StoreApi } from 'zustand/vanilla';
import type { Command } from '../../contract/messages.ts';
import { fillsBlanks } from './architecture.ts';
import { debounce } from './debounce.ts';
import { sourceOf } from './own-text.ts';
import { isWithin, ownCorpus } from './settings.ts';
import type { AppState } from './state.ts';

const planDelayMs = 60;
const configureDelayMs = 350;
const promptDelayMs = 120;
const rateDelayMs = 60;
const labelsDelayMs = 60;

export function createSenders({ getState: get, setState: set }: StoreApi<AppState>, post: (command: Command) => void) {
  const configure = debounce(() => {
    const { draft, ownText } = get().settings;
    if (!draft) return;
    const sentText = draft.corpus === ownCorpus ? ownText : undefined;
    set({ session: { ...get().session, configuring: true } });
    set({ settings: { ...get().settings, sentText } });
    post({ type: 'configure', configuration: draft, text: sentText && sourceOf(sentText) });
  }, configureDelayMs);
  const plan = debounce(() => {
    const { draft, ownText, runText } = get().settings;
    const isTextUnknown = draft?.corpus === ownCorpus && ownText !== runText;
    if (draft && !isTextUnknown) post({ type: 'plan', configuration: draft });
  }, planDelayMs);
  const postPrompt = () => {
    const { session, prediction, comparison, ...shown } = get();
    const runs = comparison.isOpen ? comparison.runs : [{ session }];
    const isFilled = runs.some(({ session: { catalog, run } }) => fillsBlanks(catalog, run?.configuration));
    const { chosen } = comparison.isOpen ? comparison.blanks : shown.blanks;
    post({ type: 'prompt', text: prediction.prompt, blanks: isFilled ? chosen : undefined });
  };
  const sendPrompt = debounce(postPrompt, promptDelayMs);
  const sendLabels = debounce(() => {
    const { source, draw } = get().labels;
    post({ type: 'labels', source, draw });
  }, labelsDelayMs);
  const sendRate = debounce(() => {
    const learningRate = get().settings.draft?.optimizer.learningRate;
    const field = get().session.catalog?.fields.find(({ path }) => path === 'optimizer.learningRate');
    // The plan says what is wrong with a rate out of range; the run keeps its own.
    if (learningRate === undefined || !field || !isWithin(field, learningRate)) return;
    post({ type: 'adjust', learningRate });
  }, rateDelayMs);

  return { configure, plan, postPrompt, sendPrompt, sendLabels, sendRate };
}
