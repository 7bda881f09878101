/** Writing on demand: under way until the answer comes, whatever else training says meanwhile. */
import { expect, it } from 'vitest';
import type { Problem } from '../../contract/messages.ts';
import { later, trainedStore, underFakeTimers } from '../../testing/open-store.ts';
import type { AppStore } from './store.ts';

underFakeTimers();

/** Asks for writing; the answer comes later. */
function ask({ actions, getState }: AppStore): void {
  actions.setPrompt('The King');
  actions.generate();
  expect(getState().writing.isWriting).toBe(true);
}

it('ends with the answer, even where the tokenizer reads the prompt in another way', async () => {
  const { store } = await trainedStore();
  ask(store);
  await later();
  expect(store.getState().writing).toMatchObject({ isWriting: false, written: { prompt: 'the king' } });
});

it('goes on while samples come by themselves', async () => {
  const { store } = await trainedStore();
  ask(store);
  const sample = { step: 7, prompt: 'The King', text: ' by itself' };
  store.actions.receive({ type: 'sample', sample, isAnswer: false });
  expect(store.getState().writing).toEqual({ isWriting: true });
  expect(store.getState().prediction.samples.at(-1)).toBe(sample);
});

it('ends where the prompt or the device fails, and for no other problem', async () => {
  const places: Problem['where'][] = ['labels', 'corpus', 'prompt', 'backend'];
  for (const where of places) {
    const { store } = await trainedStore();
    ask(store);
    store.actions.report({ where, code: 'unknown', values: {} });
    expect(store.getState().writing.isWriting, where).toBe(where === 'labels' || where === 'corpus');
  }
});
