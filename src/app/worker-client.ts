/** The training worker as the page sees it: commands go in, events come out, and a crash is an event too. */
import type { Command, Event } from '../contract/messages.ts';

export interface WorkerClient {
  post(command: Command): void;
}

/** Starts the worker; `receive` gets its events in order. */
export function startWorker(receive: (event: Event) => void): WorkerClient {
  const worker = new Worker(new URL('../engine/worker.ts', import.meta.url), { type: 'module' });
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
