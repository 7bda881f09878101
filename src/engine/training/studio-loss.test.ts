/** A backend that goes away under what trains: training ends, the reason is said, and what is left can be saved. */
import { describe, expect, it } from 'vitest';
import { openTestDevice } from '../../testing/backends.ts';
import { catText, openStudio } from '../../testing/open-studio.ts';
import { ownSource } from '../../testing/own-source.ts';
import { CpuBackend } from '../cpu/cpu-backend.ts';
import { WasmEngine } from '../cpu/wasm-engine.ts';
import { GpuBackend } from '../gpu/gpu-backend.ts';
import { readSafetensors } from './safetensors.ts';

async function openThreads() {
  const wasm = await WasmEngine.open({ threads: 2, patienceSeconds: 1 });
  return { backend: new CpuBackend('f32', wasm), end: () => wasm?.threads.terminate() };
}

async function openDevice() {
  const { device } = await openTestDevice();
  return { backend: new GpuBackend(device), end: () => device.destroy() };
}

describe.each([
  ['a thread of the CPU', 'thread-lost', openThreads],
  ['the graphics device', 'device-lost', openDevice],
])('without %s', (_, code, open) => {
  it('a run ends and says so, and so does what is asked of it next', async () => {
    const { backend, end } = await open();
    const { studio, small, last, all, finished } = await openStudio(backend);
    const endless = { ...small, schedule: { ...small.schedule, totalSteps: 100_000 } };
    await studio.handle({ type: 'configure', configuration: endless, text: ownSource(catText) });
    await studio.handle({ type: 'train' });
    end();
    await finished();
    expect(last('status').status).toBe('failed');
    await backend.lost;
    expect(last('problem').problem).toMatchObject({ where: 'backend', code });
    const said = all('problem').length;
    await studio.handle({ type: 'step' });
    expect(last('status').status).toBe('failed');
    expect(all('problem').length).toBeGreaterThan(said);
    expect(last('problem').problem.code).toBe(code);
    await studio.handle({ type: 'pause' });
    expect(last('problem').problem.code).toBe(code);
  });

  it('so does a comparison', async () => {
    const { backend, end } = await open();
    const { studio, small, last, all } = await openStudio(backend);
    const endless = { ...small, schedule: { ...small.schedule, totalSteps: 100_000 } };
    const configurations = [endless, { ...endless, training: { ...endless.training, seed: 2 } }];
    await studio.handle({ type: 'compare', configurations, pace: 'steps', text: ownSource(catText) });
    await studio.handle({ type: 'train' });
    end();
    const statusOf = (run: number) =>
      all('compared')
        .filter(({ index }) => index === run)
        .flatMap(({ event }) => (event.type === 'status' ? [event.status] : []))
        .at(-1);
    while (statusOf(1) === 'training') await new Promise((resolve) => setTimeout(resolve, 5));
    expect([statusOf(0), statusOf(1)]).toEqual(['failed', 'failed']);
    await backend.lost;
    expect(last('problem').problem).toMatchObject({ where: 'backend', code });
  });
});

it('the weights can still be saved once a thread is gone', async () => {
  const { backend, end } = await openThreads();
  const { studio, small, last, finished } = await openStudio(backend);
  await studio.handle({ type: 'configure', configuration: small, text: ownSource(catText) });
  await studio.handle({ type: 'train' });
  end();
  await finished();
  await studio.handle({ type: 'save' });
  const weights = readSafetensors(new Uint8Array(last('weights').file));
  expect([...weights.values()].flatMap(({ values }) => [...values]).every(Number.isFinite)).toBe(true);
});
