/** Headers that isolate a page, so that its threads may share memory. A static server without them serves the same page,
 *  which then computes on one thread. */
export const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};
