/** A competitor as a Node process, with Dawn as its WebGPU. */
import { gpu } from '../../src/testing/dawn.ts';
import { competitor } from './competitor.ts';
import type { Answer, Request } from './node-place.ts';

Object.defineProperty(globalThis, 'navigator', { value: { gpu, userAgent: `Node ${process.version}` } });

async function answer(request: Request): Promise<Answer> {
  try {
    const { open, run } = competitor;
    return { result: await (request.call === 'open' ? open(...request.options) : run(...request.options)) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

process.on('message', async (request: Request) => process.send?.(await answer(request)));
