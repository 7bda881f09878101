/** The page of a competitor: starts its worker, and says when that answers. */
const worker = new Worker(new URL('./worker-competitor.ts', import.meta.url), { type: 'module' });

const ready = new Promise((resolve) => {
  worker.onmessage = resolve;
});

Object.assign(globalThis, { ready });
