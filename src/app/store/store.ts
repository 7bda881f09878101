/** The store of the page: its state, what the user can do, and what follows from the worker's answers. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ModelConfiguration, SamplingConfiguration } from '../../contract/configuration.ts';
import type { BackendChoice, Command, Event, LabelSource, Problem } from '../../contract/messages.ts';
import { fillsBlanks, withObjective } from './architecture.ts';
import { type BlanksState, withDrawn, withEdited, withToggled } from './blanks.ts';
import { debounce } from './debounce.ts';
import { type Place, without } from './problems.ts';
import { hasTrained } from './session.ts';
import { needsRestart, type OwnText, ownCorpus, withValue } from './settings.ts';
import { type AppState, applyEvent, initialState } from './state.ts';

const planDelayMs = 60;
const configureDelayMs = 350;
const promptDelayMs = 120;
const rateDelayMs = 60;
const labelsDelayMs = 60;

/** What the user can do. */
export interface Actions {
  open(backend: BackendChoice): void;
  receive(event: Event): void;
  train(): void;
  pause(): void;
  step(): void;
  reset(): void;
  /** Sets a number or an id of the draft by its path, as 'model.layers'. */
  set(path: string, value: number | string): void;
  /** Sets the objective of the draft, and the attention that it is meant for. */
  setObjective(id: string): void;
  setModel(model: ModelConfiguration): void;
  giveText(text: OwnText): void;
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

export type AppStore = StoreApi<AppState> & { readonly actions: Actions };

export interface Outside {
  /** Address of the page; what it loads lies beside it. */
  readonly pageUrl: string;
  post(command: Command): void;
  /** Hands saved weights to the user. */
  keepFile(file: ArrayBuffer): void;
}

/** Makes a store that posts its commands to `outside`. */
export function createAppStore(outside: Outside): AppStore {
  const store = createStore<AppState>(() => initialState);
  const { getState: get, setState: set } = store;
  let trainsWhenPrepared = false;

  const patchSettings = (patch: Partial<AppState['settings']>) => set({ settings: { ...get().settings, ...patch } });
  const patchPrediction = (patch: Partial<AppState['prediction']>) =>
    set({ prediction: { ...get().prediction, ...patch } });

  const configure = debounce(() => {
    const { draft, ownText } = get().settings;
    if (!draft) return;
    const sentText = draft.corpus === ownCorpus ? ownText : undefined;
    set({ session: { ...get().session, configuring: true } });
    patchSettings({ sentText });
    outside.post({ type: 'configure', configuration: draft, text: sentText?.text });
  }, configureDelayMs);
  const plan = debounce(() => {
    const { draft, ownText, runText } = get().settings;
    const isTextUnknown = draft?.corpus === ownCorpus && ownText !== runText;
    if (draft && !isTextUnknown) outside.post({ type: 'plan', configuration: draft });
  }, planDelayMs);
  const postPrompt = () => {
    const { session, prediction, blanks } = get();
    const isFilled = fillsBlanks(session.catalog, session.run?.configuration);
    outside.post({ type: 'prompt', text: prediction.prompt, blanks: isFilled ? blanks.chosen : undefined });
  };
  const sendPrompt = debounce(postPrompt, promptDelayMs);
  const sendLabels = debounce(() => {
    const { source, draw } = get().labels;
    outside.post({ type: 'labels', source, draw });
  }, labelsDelayMs);
  const setBlanks = (blanks: BlanksState) => {
    if (blanks.chosen !== get().blanks.chosen) sendPrompt.later();
    set({ blanks });
  };
  const sendRate = debounce(() => {
    const learningRate = get().settings.draft?.optimizer.learningRate;
    outside.post({ type: 'adjust', learningRate });
  }, rateDelayMs);

  /** Starts again by itself only where nothing trained would be lost. */
  const draftChanged = () => {
    const { session, settings } = get();
    if (!session.run || !session.catalog) return configure.later();
    if (!needsRestart(settings, session.catalog, session.run)) return configure.cancel();
    if (hasTrained(session)) configure.cancel();
    else configure.later();
  };
  const isLive = (path: string) => get().session.catalog?.fields.some((field) => field.path === path && field.live);

  const begin = (type: 'train' | 'step') => {
    configure.flush();
    if (type === 'train' && get().session.configuring) trainsWhenPrepared = true;
    else outside.post({ type });
  };

  const prepared = () => {
    const { session, prediction, settings } = get();
    const own = prediction.isPromptOwn ? prediction.prompt : suggestedPrompt(get());
    if (own !== prediction.prompt) {
      patchPrediction({ prompt: own, position: undefined });
      set({ blanks: { ...get().blanks, chosen: undefined, position: undefined } });
    }
    outside.post({ type: 'adjust', sampling: settings.sampling });
    postPrompt();
    if (trainsWhenPrepared && session.status === 'ready') outside.post({ type: 'train' });
    trainsWhenPrepared = false;
  };

  const actions: Actions = {
    open: (backend) => outside.post({ type: 'open', backend, pageUrl: outside.pageUrl }),
    receive: (event) => {
      set(applyEvent(get(), event));
      if (event.type === 'ready') configure.now();
      if (event.type === 'prepared') prepared();
      if (event.type === 'problem' && !get().session.configuring) trainsWhenPrepared = false;
      if (event.type === 'weights') outside.keepFile(event.file);
    },
    train: () => begin('train'),
    pause: () => outside.post({ type: 'pause' }),
    step: () => begin('step'),
    reset: () => outside.post({ type: 'reset' }),
    set: (path, value) => {
      const { draft } = get().settings;
      if (!draft) return;
      patchSettings({ draft: withValue(draft, path, value) });
      if (isLive(path)) sendRate.later();
      else plan.later();
      draftChanged();
    },
    setObjective: (id) => {
      const { draft } = get().settings;
      if (!draft) return;
      patchSettings({ draft: withObjective(draft, id) });
      plan.later();
      draftChanged();
    },
    setModel: (model) => {
      const { draft } = get().settings;
      if (draft) patchSettings({ draft: { ...draft, model } });
      plan.later();
      draftChanged();
    },
    giveText: (ownText) => {
      const { draft } = get().settings;
      if (!draft) return;
      if (ownText.text.trim() === '') return actions.report({ where: 'corpus', code: 'corpus-empty', values: {} });
      patchSettings({ ownText, draft: withValue(draft, 'corpus', ownCorpus) });
      actions.dismiss('corpus');
      draftChanged();
    },
    startAgain: () => configure.now(),
    keepRun: () => {
      const { session, settings } = get();
      patchSettings({
        draft: session.run?.configuration ?? settings.draft,
        ownText: settings.runText ?? settings.ownText,
      });
      set({ problems: without(get().problems, ['corpus', 'model', 'training']) });
      plan.later();
      draftChanged();
    },
    setPrompt: (prompt) => {
      actions.dismiss('prompt');
      set({ blanks: withEdited(get().blanks, get().prediction.prompt, prompt) });
      patchPrediction({ prompt, isPromptOwn: true, position: undefined, viewedStep: undefined });
      sendPrompt.later();
    },
    showPosition: (position) => patchPrediction({ position }),
    toggleBlank: (position) => {
      actions.dismiss('prompt');
      setBlanks(withToggled(get().blanks, position));
    },
    showBlank: (position) => setBlanks({ ...get().blanks, position }),
    drawBlanks: () => {
      actions.dismiss('prompt');
      setBlanks(withDrawn(get().blanks, Math.random));
    },
    askLabels: (source, draw) => {
      set({ labels: { ...get().labels, source, draw } });
      sendLabels.later();
    },
    viewStep: (viewedStep) => patchPrediction({ viewedStep }),
    setSampling: (sampling) => {
      patchSettings({ sampling });
      outside.post({ type: 'adjust', sampling });
    },
    setTokensToWrite: (tokensToWrite) => patchSettings({ tokensToWrite }),
    generate: () => {
      const { prompt } = get().prediction;
      set({ writing: { ...get().writing, askedFor: prompt } });
      outside.post({ type: 'generate', text: prompt, tokens: get().settings.tokensToWrite });
    },
    save: () => outside.post({ type: 'save' }),
    load: (file) => outside.post({ type: 'load', file }),
    report: (problem) => actions.receive({ type: 'problem', problem }),
    dismiss: (place) => set({ problems: without(get().problems, [place]) }),
  };
  return { ...store, actions };
}

/** A prompt that suits the corpus: its own, or the first words of the user's text. */
function suggestedPrompt({ session }: AppState): string {
  const { run, catalog } = session;
  const entry = catalog?.corpora.find(({ id }) => id === run?.configuration.corpus);
  if (entry) return entry.prompt;
  const line = run?.corpus.excerpt.split('\n').find((text) => text.trim() !== '') ?? '';
  return [...line.trim()].slice(0, 24).join('');
}
