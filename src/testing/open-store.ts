/** The page's store over the scripted worker, under fake timers, with what it has posted. */
import { afterEach, beforeEach, expect, vi } from 'vitest';
import { createAppStore } from '../app/store/store.ts';
import type { Command, Event } from '../contract/messages.ts';
import { FakeWorker } from './fake-worker.ts';

/** Time for everything that waits. */
export const later = () => vi.advanceTimersByTimeAsync(1000);

export function openStore(hash = '', keptText?: string) {
  const posted: Command[] = [];
  const files: { readonly content: ArrayBuffer | string; readonly name: string }[] = [];
  const worker = new FakeWorker((event: Event) => store.actions.receive(event));
  const store = createAppStore({
    pageUrl: 'http://localhost/',
    hash,
    keptText,
    post: (command) => {
      posted.push(command);
      worker.post(command);
    },
    keepFile: (content, name) => files.push({ content, name }),
  });
  store.actions.open('auto');
  const types = () => posted.map(({ type }) => type);
  const configures = () => posted.filter((command) => command.type === 'configure');
  return { store, posted, files, types, configures };
}

/** A store whose run has trained and is paused. */
export async function trainedStore() {
  const opened = openStore();
  await later();
  opened.store.actions.train();
  await later();
  opened.store.actions.pause();
  await later();
  expect(opened.store.getState().session.step).toBeGreaterThan(0);
  return opened;
}

/** A store with such a run, and a comparison beside it that has trained and is paused. */
export async function comparedStore() {
  const opened = await trainedStore();
  const { store } = opened;
  const before = store.getState();
  store.actions.compare();
  await later();
  store.actions.train();
  await later();
  store.actions.pause();
  await later();
  return { ...opened, before };
}

/** Every test of the calling file runs under fake timers. */
export function underFakeTimers(): void {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });
}
