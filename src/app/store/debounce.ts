/** Runs an action once its calls have paused, and lets the caller hurry or cancel it. */

interface Debounced {
  /** Runs the action after a pause without further calls. */
  later(): void;
  now(): void;
  /** Runs the action now where it was waiting. */
  flush(): void;
  cancel(): void;
}

/** Debounces an action by `delayMs`. */
export function debounce(action: () => void, delayMs: number): Debounced {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const cancel = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  const now = () => {
    cancel();
    action();
  };
  return {
    later: () => {
      clearTimeout(timer);
      timer = setTimeout(now, delayMs);
    },
    now,
    flush: () => {
      if (timer !== undefined) now();
    },
    cancel,
  };
}
