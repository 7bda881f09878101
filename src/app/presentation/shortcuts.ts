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

/** The shortcut of a key press, or undefined where the page has other use for it. */
export function shortcutOf(event: KeyboardEvent): Shortcut | undefined {
  const { key, target } = event;
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return undefined;
  const within = (selector: string) => target instanceof Element && target.closest(selector) !== null;
  if (within(typing)) return undefined;
  if (key === ' ' && within(pressing)) return undefined;
  if (key === 'ArrowRight' && within(moving)) return undefined;
  return shortcuts[key];
}
