/** When the browser has painted. */

/** A tab that nobody sees is not painted. */
const longestWaitMs = 300;

/** Resolves after the next frame is painted, or soon where there is none. */
export function nextFrame(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, longestWaitMs);
  });
}
