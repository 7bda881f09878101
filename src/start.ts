/** Lets the browser paint what index.html holds, then loads the page: its script would come before that otherwise. */
import { nextFrame } from './app/next-frame.ts';
import './app/styles.ts';

/** Asked for early, they are there when the page needs them: text would be laid out in others first, and then again. */
const fonts = ['"Source Sans 3 Variable"', '"Source Serif 4 Variable"'];

void nextFrame().then(() => {
  for (const font of fonts) void document.fonts.load(`16px ${font}`);
  return import('./main.tsx');
});
