/** Why training will likely not run on WebGPU, as far as the browser tells before the worker has opened anything: so that the
 *  page can say so in its first view, and nothing moves later. */
import type { BackendReport } from '../contract/messages.ts';
import { chosenBackend } from './backend-address.ts';

type FallbackReason = NonNullable<BackendReport['fallbackReason']>;

/** The first view does not wait longer. */
const patienceMs = 150;

export function expectedFallback(query: string): Promise<FallbackReason | undefined> {
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, patienceMs));
  // Older browsers know less of their adapters: then nothing is expected.
  return Promise.race([ask(query).catch(() => undefined), late]);
}

async function ask(query: string): Promise<FallbackReason | undefined> {
  const choice = chosenBackend(query);
  if (choice === 'cpu') return 'chosen';
  if (!navigator.gpu) return 'no-webgpu';
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' }).catch(() => null);
  if (!adapter) return 'no-adapter';
  // Software adapters are seldom faster than WebAssembly on the same cores; the worker measures it.
  return choice === 'auto' && adapter.info.isFallbackAdapter ? 'slower' : undefined;
}
