/** A run whose first step fails leaves nothing behind; what a GPU's driver builds late is not taken for the time of a step. */
import { expect, it } from 'vitest';
import { cpuBackend } from '../../testing/backends.ts';
import { catText, openStudio } from '../../testing/open-studio.ts';
import { ownSource } from '../../testing/own-source.ts';
import type { Storage } from '../program/program.ts';

it('frees all that was allocated for a run whose first step fails', async () => {
  const backend = cpuBackend('f32');
  const held = new Set<Storage>();
  const { allocate, free, load } = backend;
  backend.allocate = async (storages) => {
    await allocate.call(backend, storages);
    for (const storage of storages) held.add(storage);
  };
  backend.free = (storages) => {
    free.call(backend, storages);
    for (const storage of storages) held.delete(storage);
  };
  let most = 0;
  backend.load = async (program) => {
    const executable = await load.call(backend, program);
    most = Math.max(most, held.size);
    executable.runAndRead = () => Promise.reject(new Error('the device stumbled'));
    return executable;
  };
  const { studio, small, last } = await openStudio(backend);
  await studio.handle({ type: 'configure', configuration: small, text: ownSource(catText) });
  expect(JSON.stringify(last('problem'))).toContain('the device stumbled');
  expect(most).toBeGreaterThan(0);
  expect([...held].map(({ label }) => label)).toEqual([]);
});

/** Programs that are read while a run is prepared, the first two of which take longer than a quick step. */
async function readsWhilePreparing(kind: 'cpu' | 'webgpu'): Promise<number> {
  const backend = cpuBackend('f32');
  Object.defineProperty(backend, 'kind', { value: kind });
  // No number until the studio is open.
  let reads = Number.NaN;
  const { load } = backend;
  backend.load = async (program) => {
    const executable = await load.call(backend, program);
    const { runAndRead } = executable;
    executable.runAndRead = async (storage) => {
      reads += 1;
      if (reads <= 2) await new Promise((resolve) => setTimeout(resolve, 400));
      return runAndRead.call(executable, storage);
    };
    return executable;
  };
  const { studio, small } = await openStudio(backend);
  reads = 0;
  await studio.handle({ type: 'configure', configuration: small, text: ownSource(catText) });
  return reads;
}

it('measures once more where the first step of a GPU took long, and not on the CPU', async () => {
  const [onGpu, onCpu] = [await readsWhilePreparing('webgpu'), await readsWhilePreparing('cpu')];
  expect(onGpu - onCpu).toBe(1);
});
