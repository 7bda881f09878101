/** A run whose first step fails leaves nothing behind. */
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
