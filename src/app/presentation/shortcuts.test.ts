/** Keys work while presenting, and never where they belong to what has the focus. */
import { describe, expect, it } from 'vitest';
import { type KeyPress, shortcutOf } from './shortcuts.ts';

/** As much of an element as the rule looks at: which selectors it is within. */
class FakeElement {
  constructor(private readonly matches: readonly string[]) {}

  closest(selector: string): FakeElement | null {
    return selector.split(', ').some((each) => this.matches.includes(each)) ? this : null;
  }
}
Object.assign(globalThis, { Element: FakeElement });

const alone = { defaultPrevented: false, ctrlKey: false, metaKey: false, altKey: false, isComposing: false };
const press = (key: string, within: readonly string[] = [], more: Partial<KeyPress> = {}) =>
  shortcutOf({ ...alone, key, target: new FakeElement(within), ...more });

describe('a key', () => {
  it('does what the help says', () => {
    expect([' ', 'ArrowRight', 'r', 'R', '?', '？', 'Escape'].map((key) => press(key))).toEqual([
      'toggle',
      'step',
      'reset',
      'reset',
      'help',
      'help',
      'leave',
    ]);
    expect(press('x')).toBeUndefined();
  });

  it('is left to a field, a dialog and a menu', () => {
    for (const place of ['input:not([type=range])', 'textarea', 'select', 'dialog', '[role=dialog]', '[role=menu]']) {
      for (const key of [' ', 'ArrowRight', 'r', '?', 'Escape']) expect(press(key, [place])).toBeUndefined();
    }
  });

  it('presses the button and moves the slider that has the focus', () => {
    expect(press(' ', ['button'])).toBeUndefined();
    expect(press('ArrowRight', ['button'])).toBe('step');
    expect(press('ArrowRight', ['[role=slider]'])).toBeUndefined();
    expect(press('r', ['[role=slider]'])).toBe('reset');
  });

  it('is left to the browser with a modifier', () => {
    expect(press('r', [], { ctrlKey: true })).toBeUndefined();
    expect(press('r', [], { metaKey: true })).toBeUndefined();
  });
});
