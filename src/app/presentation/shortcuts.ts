/** Which key does what while presenting, and where keys belong to what has the focus instead. */

export type Shortcut = 'toggle' | 'step' | 'reset' | 'help' | 'leave';

const shortcuts: Readonly<Record<string, Shortcut>> = {
  ' ': 'toggle',
  ArrowRight: 'step',
  r: 'reset',
  R: 'reset',
  '?': 'help',
  '？': 'help',
  Escape: 'leave',
};

/** Elements that take every key, the space bar, or the arrows for themselves. */
const typing = 'input:not([type=range]), textarea, select, [contenteditable=true], dialog, [role=dialog], [role=menu]';
const pressing = 'button, a[href], summary, [role=option]';
const moving = '[type=range], [role=slider], [role=option], [role=listbox], [role=radio], [role=radiogroup]';

/** What the rule looks at of a keyboard event. */
export interface KeyPress
  extends Pick<KeyboardEvent, 'key' | 'defaultPrevented' | 'ctrlKey' | 'metaKey' | 'altKey' | 'isComposing'> {
  readonly target: unknown;
}

/** The shortcut of a key press, or undefined where the page has other use for it. */
export function shortcutOf(press: KeyPress): Shortcut | undefined {
  const { key, target } = press;
  if (press.defaultPrevented || press.ctrlKey || press.metaKey || press.altKey || press.isComposing) return undefined;
  const within = (selector: string) => target instanceof Element && target.closest(selector) !== null;
  if (within(typing)) return undefined;
  if (key === ' ' && within(pressing)) return undefined;
  if (key === 'ArrowRight' && within(moving)) return undefined;
  return shortcuts[key];
}
