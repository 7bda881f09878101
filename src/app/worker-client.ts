/** The training worker as the page sees it: commands go in, events come out, and a crash is an event too. */
import type { Command, Event } from '../contract/messages.ts';
import workerAddress from '../engine/worker.ts?worker&url';

interface WorkerClient {
  post(command: Command): void;
}

/** Starts the worker; `receive` gets its events in order. It starts from a blob, since a worker from an address has
 *  no policy but that of its own response, and one from a blob has the page's: nothing leaves the tab from there either. */
export function startWorker(receive: (event: Event) => void): WorkerClient {
  const source = `import ${JSON.stringify(new URL(workerAddress, import.meta.url).href)};`;
  const blob = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  const worker = new Worker(blob, { type: 'module' });
  const crash = (detail: string) => receive(crashed(detail));
  worker.addEventListener('message', ({ data }: MessageEvent<Event>) => receive(data));
  worker.addEventListener('error', ({ message }) => crash(message));
  worker.addEventListener('messageerror', () => crash('messageerror'));
  return {
    post: (command) => worker.postMessage(command, command.type === 'load' ? [command.file] : []),
  };
}

/** Tells of errors on the page's own thread that nobody caught. */
export function watchUnhandled(target: Window, receive: (event: Event) => void): void {
  target.addEventListener('unhandledrejection', ({ reason }) => receive(crashed(describe(reason))));
  target.addEventListener('error', ({ message }) => {
    if (!isHarmless(message)) receive(crashed(message));
  });
}

function crashed(detail: string): Event {
  return { type: 'problem', problem: { where: 'backend', code: 'worker-crashed', values: { detail } } };
}

/** Browsers report a layout that settles one frame later as an error. */
function isHarmless(message: string): boolean {
  return message.startsWith('ResizeObserver loop');
}

function describe(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason);
}
