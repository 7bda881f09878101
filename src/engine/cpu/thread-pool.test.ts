/** Threads that end while others wait for them: the wait ends too, and says why. */
import { expect, it, vi } from 'vitest';
import { parityFixture } from '../../testing/parity-fixture.ts';
import { Session } from '../training/session.ts';
import { CpuBackend } from './cpu-backend.ts';
import { WasmEngine } from './wasm-engine.ts';

/** The thread as it is, but that it fails at the first list that it should serve. */
vi.mock('./thread.js?raw', async (importOriginal) => {
  const { default: text } = await importOriginal<{ default: string }>();
  const served = 'exports.serve(seen);';
  const fails = `Atomics.wait(new Int32Array(memory.buffer), 16, seen); throw new Error('a broken thread');`;
  if (!text.includes(served)) throw new Error(`thread.js has no ${served}`);
  return { default: text.replace(served, fails) };
});

const fixture = parityFixture('gpt-parity');

async function openSession(patienceSeconds?: number) {
  const wasm = await WasmEngine.open({ threads: 2, patienceSeconds });
  const backend = new CpuBackend('f32', wasm);
  const plan = fixture.plan();
  const session = await Session.load(backend, plan, fixture.configuration.optimizer);
  session.writeWeights(fixture.tensors('weights', plan));
  return { session, wasm, step: () => session.submitStep(1, 0, 0.001, [fixture.batch(1)]), lost: backend.lost };
}

it('a thread that fails ends the step, and every one after it', async () => {
  const { session, step, lost } = await openSession(150);
  const before = await session.readParts('parameters');
  expect(step).toThrow('thread-lost');
  expect(step).toThrow('thread-lost');
  expect(await lost).toContain('unreachable');
  expect(await session.readParts('parameters')).toEqual(before);
});

it('a thread that ends without a word is waited for only so long', async () => {
  const { wasm, step, lost } = await openSession(1);
  wasm?.threads.terminate();
  expect(step).toThrow('thread-lost');
  expect(await lost).toContain('unreachable');
});
