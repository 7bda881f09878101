/** Threads beside the training worker: nested workers in browsers, worker threads in Node. */
import threadText from './thread.js?raw';

/** What a thread needs to take part. */
interface ThreadStart {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** From 1; the training worker itself is 0. */
  readonly index: number;
  readonly count: number;
}

interface Thread {
  terminate(): void;
}

/** Takes what a thread says: 'ready', or why it can't go on. */
type Hear = (message: string) => void;

const startTimeoutMs = 10_000;

export class ThreadPool {
  /** Why they can't go on, once one of them has ended. */
  loss: string | undefined;
  /** Resolves with that; never where they are terminated. */
  readonly lost: Promise<string>;
  private readonly threads: Thread[] = [];
  private tell: (loss: string) => void = () => {};

  private constructor() {
    this.lost = new Promise((resolve) => {
      this.tell = resolve;
    });
  }

  /** Starts `count − 1` threads and waits until each serves. @throws where one does not start; none is left then */
  static async start(shared: Omit<ThreadStart, 'index'>): Promise<ThreadPool> {
    const pool = new ThreadPool();
    try {
      await Promise.all(Array.from({ length: shared.count - 1 }, (_, i) => pool.add({ ...shared, index: i + 1 })));
    } catch (error) {
      pool.terminate();
      throw error;
    }
    return pool;
  }

  get count(): number {
    return this.threads.length;
  }

  /** Gives all of them up: where one has ended, the others would wait for it. */
  lose(detail: string): void {
    if (this.loss !== undefined) return;
    this.loss = detail;
    this.terminate();
    this.tell(detail);
  }

  terminate(): void {
    for (const thread of this.threads) thread.terminate();
  }

  private add(start: ThreadStart): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('a thread did not start')), startTimeoutMs);
      const hear = (message: string) => {
        clearTimeout(timer);
        if (message === 'ready') return resolve();
        reject(new Error(message));
        this.lose(message);
      };
      this.threads.push(typeof Worker === 'undefined' ? startInNode(start, hear) : startInBrowser(start, hear));
    });
  }
}

function startInBrowser(start: ThreadStart, hear: Hear): Thread {
  const worker = new Worker(new URL('./thread.js', import.meta.url), { type: 'module' });
  worker.onmessage = ({ data }: MessageEvent<string>) => hear(data);
  worker.onmessageerror = () => hear('messageerror');
  worker.onerror = (event) => {
    // It is said here; else the page would hear of it once more, as of a fault of the training worker.
    event.preventDefault();
    hear(event.message);
  };
  worker.postMessage(start);
  return worker;
}

function startInNode(start: ThreadStart, hear: Hear): Thread {
  const { Worker } = process.getBuiltinModule('node:worker_threads');
  const text = `globalThis.self = require('node:worker_threads').parentPort;\n${threadText}`;
  const worker = new Worker(text, { eval: true });
  // A thread must not keep a finished process alive.
  worker.unref();
  worker.on('message', hear);
  for (const fault of ['messageerror', 'error']) worker.on(fault, (error) => hear(String(error)));
  worker.postMessage(start);
  return { terminate: () => void worker.terminate() };
}
