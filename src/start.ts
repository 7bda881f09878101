/** Lets the browser paint what index.html holds, then loads the page: its script would come before that otherwise. */
import './app/styles.ts';

/** A tab that nobody sees is not painted. */
const longestWaitMs = 300;

const frame = new Promise<void>((resolve) => {
  requestAnimationFrame(() => setTimeout(resolve));
  setTimeout(resolve, longestWaitMs);
});

void frame.then(() => import('./main.tsx'));
