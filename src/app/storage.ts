/** What the browser keeps for the page, where it lets the page keep anything. */

/** Undefined where storage is forbidden or full: what was to be kept is lost then, but never the page. */
export function inStorage<Result>(
  name: 'localStorage' | 'sessionStorage',
  act: (storage: Storage) => Result,
): Result | undefined {
  try {
    return act(globalThis[name]);
  } catch {
    return undefined;
  }
}
