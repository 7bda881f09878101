/** Threads beside the training worker: nested workers in browsers, worker threads in Node. */
import threadText from './thread.js?raw';

/** What a thread needs to take part. */
export interface ThreadStart {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** From 1; the training worker itself is 0. */
  readonly index: number;
  readonly count: number;
}

export interface Thread {
  terminate(): void;
}

const startTimeoutMs = 10_000;

/** Starts `count − 1` threads and waits until each serves. @throws where one does not start; none is left then */
export async function startThreads(shared: Omit<ThreadStart, 'index'>): Promise<Thread[]> {
  const started: Thread[] = [];
  try {
    await Promise.all(
      Array.from({ length: shared.count - 1 }, (_, i) => {
        const start = { ...shared, index: i + 1 };
        return typeof Worker === 'undefined' ? startInNode(start, started) : startInBrowser(start, started);
      }),
    );
  } catch (error) {
    for (const thread of started) thread.terminate();
    throw error;
  }
  return started;
}

function startInBrowser(start: ThreadStart, started: Thread[]): Promise<void> {
  const worker = new Worker(new URL('./thread.js', import.meta.url), { type: 'module' });
  started.push(worker);
  return settled((ready, failed) => {
    worker.onmessage = ready;
    worker.onerror = ({ message }) => failed(message);
    worker.postMessage(start);
  });
}

function startInNode(start: ThreadStart, started: Thread[]): Promise<void> {
  const { Worker } = process.getBuiltinModule('node:worker_threads');
  const text = `globalThis.self = require('node:worker_threads').parentPort;\n${threadText}`;
  const worker = new Worker(text, { eval: true });
  // A thread must not keep a finished process alive.
  worker.unref();
  started.push({ terminate: () => void worker.terminate() });
  return settled((ready, failed) => {
    worker.on('message', ready);
    worker.on('error', (error) => failed(String(error)));
    worker.postMessage(start);
  });
}

/** Resolves when `ready` is called, rejects when `failed` is or nothing happens. */
function settled(begin: (ready: () => void, failed: (detail: string) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('a thread did not start')), startTimeoutMs);
    const end = (error?: Error) => {
      clearTimeout(timer);
      if (error) reject(error);
      else resolve();
    };
    begin(
      () => end(),
      (detail) => end(new Error(detail)),
    );
  });
}
