/** A text kept over a reload: taken once, and no harm where the browser forbids storage. */
import { afterEach, expect, it, vi } from 'vitest';
import { keepTextOnLeaving, takeKeptText } from './kept-text.ts';
import { createAppStore } from './store/store.ts';

afterEach(() => vi.unstubAllGlobals());

it('is there once', () => {
  const kept = new Map([['text', 'a pasted text']]);
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    removeItem: (key: string) => kept.delete(key),
  });
  expect(takeKeptText()).toBe('a pasted text');
  expect(takeKeptText()).toBeUndefined();
});

it('is nothing where storage is forbidden', () => {
  vi.stubGlobal('sessionStorage', {
    getItem: () => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    },
  });
  expect(takeKeptText()).toBeUndefined();
});

it('goes back where the page is left before its worker is ready', () => {
  const kept = new Map<string, string>();
  vi.stubGlobal('sessionStorage', { setItem: (key: string, text: string) => kept.set(key, text) });
  vi.stubGlobal('window', new EventTarget());
  keepTextOnLeaving(createAppStore({ pageUrl: '', post: () => {}, keepFile: () => {} }), 'a pasted text');
  window.dispatchEvent(new Event('pagehide'));
  expect([...kept.values()]).toEqual(['a pasted text']);
});
