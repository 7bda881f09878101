/** The store of the page: its state, what the user can do, and what follows from the worker's answers. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { RunConfiguration } from '../../contract/configuration.ts';
import type { Command, Problem } from '../../contract/messages.ts';
import type { Actions } from './actions.ts';
import { withObjective } from './architecture.ts';
import { type BlanksState, withDrawn, withEdited, withToggled } from './blanks.ts';
import { createComparing, editedBlanks } from './comparing.ts';
import { readLink } from './link.ts';
import { createOwnText } from './own-text.ts';
import { isAboutSettings, settingPlaces, without } from './problems.ts';
import { createSenders } from './senders.ts';
import { hasTrained } from './session.ts';
import { withValue } from './setting-paths.ts';
import { needsRestart, ownCorpus } from './settings.ts';
import { type AppState, applyEvent, initialState } from './state.ts';
import { withSuitedPrompt } from './suited-prompt.ts';
import { createTokenizing } from './tokenizing.ts';

export type AppStore = StoreApi<AppState> & { readonly actions: Actions };

interface Outside {
  /** Address of the page; what it loads lies beside it. */
  readonly pageUrl: string;
  /** What stands behind the # of the address it opened with. */
  readonly hash?: string;
  /** A text that the tab has kept while the page was loaded anew. */
  readonly keptText?: string;
  post(command: Command): void;
  /** Hands a file to the user. */
  keepFile(content: ArrayBuffer | string, name: string, type: string): void;
}

/** Makes a store that posts its commands to `outside`. */
export function createAppStore(outside: Outside): AppStore {
  const store = createStore<AppState>(() => initialState);
  const { getState: get, setState: set } = store;
  let trainsWhenPrepared = false;
  let comparesWhenPrepared = false;
  /** The draft as a link made it. */
  let linked: AppState['settings']['draft'];

  const patchSettings = (patch: Partial<AppState['settings']>) => set({ settings: { ...get().settings, ...patch } });
  const patchPrediction = (patch: Partial<AppState['prediction']>) =>
    set({ prediction: { ...get().prediction, ...patch } });

  const { configure, plan, postPrompt, sendPrompt, sendLabels, sendRate } = createSenders(store, outside.post);
  const setBlanks = (blanks: BlanksState) => {
    if (blanks.chosen !== get().blanks.chosen) sendPrompt.later();
    set({ blanks });
  };
  /** Starts again by itself only where nothing trained would be lost. */
  const draftChanged = () => {
    const { session, settings } = get();
    if (!session.run || !session.catalog) return configure.later();
    if (!needsRestart(settings, session.catalog, session.run)) return configure.cancel();
    if (hasTrained(session)) configure.cancel();
    else configure.later();
  };
  const changeDraft = (change: (draft: RunConfiguration) => RunConfiguration) => {
    const { draft } = get().settings;
    if (!draft) return;
    patchSettings({ draft: change(draft) });
    plan.later();
    draftChanged();
  };
  const isLive = (path: string) => get().session.catalog?.fields.some((field) => field.path === path && field.live);

  const begin = (type: 'train' | 'step') => {
    configure.flush();
    if (type === 'train' && get().session.configuring) trainsWhenPrepared = true;
    else outside.post({ type });
  };

  const trainIfWanted = () => {
    if (trainsWhenPrepared) outside.post({ type: 'train' });
    trainsWhenPrepared = false;
  };

  /** @param before what the page showed until then */
  const prepared = (before: AppState) => {
    set(withSuitedPrompt(before, get()));
    const { session, settings } = get();
    outside.post({ type: 'adjust', sampling: settings.sampling });
    postPrompt();
    if (session.status === 'ready') trainIfWanted();
    if (comparesWhenPrepared) actions.compare();
    comparesWhenPrepared = false;
  };

  /** Settings of a link that can't be set up here give way to the usual ones, and the reason stays on show. */
  const giveUpLink = (problem: Problem) => {
    const { session, settings } = get();
    if (session.run || session.configuring || !session.catalog || settings.draft !== linked) return;
    linked = undefined;
    patchSettings({ draft: session.catalog.defaults });
    set({ problems: { link: { ...problem, where: 'link' } } });
    configure.now();
  };
  const ownText = createOwnText(() => ({
    ownText: get().settings.ownText,
    offered: get().settings.offered,
    refused: get().settings.refused,
    offer: (offered) => patchSettings({ offered }),
    use: (text) => {
      const { draft } = get().settings;
      if (!draft) return;
      patchSettings({ ownText: text, offered: undefined, draft: withValue(draft, 'corpus', ownCorpus) });
      actions.dismiss('corpus');
      draftChanged();
    },
    refuse: (problem, text) => {
      patchSettings({ offered: undefined, refused: text });
      set({ problems: { ...get().problems, corpus: problem } });
    },
    inspect: (source) => outside.post({ type: 'inspect', source }),
  }));
  const tokenizing = createTokenizing({
    change: (patch) => set({ vocabulary: { ...get().vocabulary, ...patch } }),
    use: (tokenizer) => {
      patchSettings({ ownTokenizers: [...get().settings.ownTokenizers, tokenizer] });
      actions.set('tokenizer', tokenizer.id);
    },
    dismiss: (place) => actions.dismiss(place),
    post: (command) => outside.post(command),
  });

  const patchComparison = (patch: Partial<AppState['comparison']>) =>
    set({ comparison: { ...get().comparison, ...patch } });
  const comparing = createComparing(() => ({
    state: get(),
    change: patchComparison,
    hold: configure.cancel,
    await: () => set({ session: { ...get().session, configuring: true } }),
    post: outside.post,
    sendPrompt: () => {
      actions.dismiss('prompt');
      sendPrompt.now();
    },
  }));

  const actions: Actions = {
    ...comparing,
    leaveComparison: () => {
      comparing.leaveComparison();
      draftChanged();
    },
    openLink: (hash, keptText) => {
      const { catalog } = get().session;
      const { draft, sampling } = get().settings;
      if (!catalog || !draft) return;
      const reading = readLink(hash, catalog, { configuration: catalog.defaults, sampling }, keptText !== undefined);
      if (!reading) return;
      linked = reading.settings.configuration;
      patchSettings({ draft: linked });
      if (keptText !== undefined && linked.corpus === ownCorpus) patchSettings({ ownText: ownText.pasted(keptText) });
      actions.setSampling(reading.settings.sampling);
      if (reading.problem) actions.report(reading.problem);
      else actions.dismiss('link');
      const { compare } = reading.settings;
      if (compare) patchComparison({ pace: compare });
      comparesWhenPrepared = compare !== undefined && !get().session.run;
      if (!get().session.run) return configure.later();
      if (get().comparison.isOpen) actions.leaveComparison();
      plan.later();
      sendRate.later();
      draftChanged();
      if (compare) actions.compare();
    },
    expectFallback: (expectedFallback) => set({ session: { ...get().session, expectedFallback } }),
    open: (backend) => outside.post({ type: 'open', backend, pageUrl: outside.pageUrl }),
    receive: (event) => {
      const before = get();
      set(applyEvent(before, event));
      if (event.type === 'ready') {
        actions.openLink(outside.hash ?? '', outside.keptText);
        configure.now();
      }
      if (event.type === 'problem' && isAboutSettings(event.problem.where)) giveUpLink(event.problem);
      if (event.type === 'prepared') prepared(before);
      if (event.type === 'comparing') {
        postPrompt();
        trainIfWanted();
      }
      ownText.receive(event);
      if (event.type === 'cancelled') {
        trainsWhenPrepared = false;
        // A text that was meant for the comparison stays, for the user to say what becomes of it.
        const isAsked = event.what === 'comparison' && hasTrained(get().session);
        if (get().session.run && !isAsked) actions.keepRun();
      }
      if (event.type === 'problem' && !get().session.configuring) trainsWhenPrepared = false;
      tokenizing.receive(event);
      if (event.type === 'weights') outside.keepFile(event.file, 'weights.safetensors', 'application/octet-stream');
      if (event.type === 'tokenizerFile') outside.keepFile(event.file, 'tokenizer.json', 'application/json');
    },
    train: () => begin('train'),
    pause: () => outside.post({ type: 'pause' }),
    step: () => begin('step'),
    reset: () => outside.post({ type: 'reset' }),
    undoReset: () => outside.post({ type: 'undo' }),
    set: (path, value) => {
      if (path === 'corpus') {
        patchSettings({ offered: undefined });
        actions.dismiss('corpus');
      }
      if (path === 'tokenizer') actions.dismiss('tokenizer');
      if (isLive(path)) sendRate.later();
      changeDraft((draft) => withValue(draft, path, value));
    },
    setObjective: (id) => changeDraft((draft) => withObjective(draft, id)),
    setModel: (model) => changeDraft((draft) => ({ ...draft, model })),
    ...ownText.actions,
    ...tokenizing.actions,
    cancelReading: () => outside.post({ type: 'cancel' }),
    startAgain: () => configure.now(),
    keepRun: () => {
      const { session, settings } = get();
      patchSettings({
        draft: session.run?.configuration ?? settings.draft,
        ownText: settings.runText ?? settings.ownText,
        offered: undefined,
        refused: undefined,
      });
      set({ problems: without(get().problems, settingPlaces) });
      plan.later();
      draftChanged();
    },
    setPrompt: (prompt) => {
      actions.dismiss('prompt');
      const { blanks, prediction, comparison } = get();
      set({ blanks: withEdited(blanks, prediction.prompt, prompt) });
      patchComparison({ blanks: editedBlanks(comparison, prediction.prompt, prompt) });
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
    measureSpeed: () => {
      const { speed } = get();
      if (speed.isMeasuring) return;
      actions.dismiss('speed');
      set({ speed: { ...speed, isMeasuring: true } });
      outside.post({ type: 'profile' });
    },
    viewStep: (viewedStep) => patchPrediction({ viewedStep }),
    setSampling: (sampling) => {
      patchSettings({ sampling });
      outside.post({ type: 'adjust', sampling });
    },
    setTokensToWrite: (tokensToWrite) => patchSettings({ tokensToWrite }),
    generate: () => {
      const { prompt } = get().prediction;
      set({ writing: { ...get().writing, isWriting: true } });
      outside.post({ type: 'generate', text: prompt, tokens: get().settings.tokensToWrite });
    },
    save: () => outside.post({ type: 'save' }),
    load: (file) => outside.post({ type: 'load', file }),
    report: (problem) => actions.receive({ type: 'problem', problem }),
    dismiss: (place) => {
      set({ problems: without(get().problems, [place]) });
      if (place === 'corpus') patchSettings({ refused: undefined });
    },
  };
  return { ...store, actions };
}
