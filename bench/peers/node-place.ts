/** Competitors as Node processes, on Dawn over the Vulkan driver of the environment. */
import { type ChildProcess, fork } from 'node:child_process';
import type { Calls, Opened, Round } from './library.ts';
import type { Place, Runner } from './place.ts';

export type Request =
  | { readonly call: 'open'; readonly options: Parameters<Calls['open']> }
  | { readonly call: 'run'; readonly options: Parameters<Calls['run']> };
export type Answer = { readonly result: unknown } | { readonly error: string };

/** jax-js maps iterators, which Node has had behind a flag before version 22. */
const flags = Number.parseInt(process.versions.node, 10) < 22 ? ['--harmony-iterator-helpers'] : [];

function ask<T>(child: ChildProcess, request: Request): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void) => {
      child.removeAllListeners();
      settle();
    };
    child.once('message', (answer: Answer) =>
      end(() => ('error' in answer ? reject(new Error(answer.error)) : resolve(answer.result as T))),
    );
    child.once('exit', (code, signal) => end(() => reject(new Error(`the process ended with ${code ?? signal}`))));
    child.send(request);
  });
}

/** @param bundle path of the bundled competitor */
export function nodePlace(bundle: string): Place {
  return {
    host: `Dawn in Node ${process.version}`,
    async start(): Promise<Runner> {
      const stdio = ['ignore', 'ignore', 'ignore', 'ipc'] as const;
      const child = fork(bundle, {
        serialization: 'advanced',
        execArgv: [...process.execArgv, ...flags],
        stdio: [...stdio],
      });
      return {
        open: (...options) => ask<Opened>(child, { call: 'open', options }),
        run: (...options) => ask<Round>(child, { call: 'run', options }),
        close: async () => void child.kill(),
      };
    },
    close: async () => {},
  };
}
