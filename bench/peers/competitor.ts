/** One competitor in a process or worker of its own: opens once, then trains as many steps as it is asked for. */
import { countDevices, noCounts } from './device-counts.ts';
import type { Calls, Library, LibraryName, Training } from './library.ts';
import { readProblem } from './problem.ts';

const libraries: Readonly<Record<LibraryName, () => Promise<Library>>> = {
  ours: async () => (await import('./ours.ts')).ours,
  'jax-js': async () => (await import('./jax.ts')).jax,
  tfjs: async () => (await import('./tfjs.ts')).tfjs,
};

const counts = { ...noCounts };
let training: Training | undefined;

export const competitor: Calls = {
  async open({ library, backend }, configuration, files) {
    if (backend === 'webgpu' && navigator.gpu) countDevices(navigator.gpu, counts);
    const { version, open } = await libraries[library]();
    training = await open(readProblem(configuration, files), configuration, backend);
    const { adapter, software } = counts;
    return { version, computes: training.computes, adapter, software };
  },
  async run(steps) {
    if (!training) throw new Error('not opened yet');
    const before = { ...counts };
    const startMs = performance.now();
    const losses = await training.train(steps);
    const milliseconds = performance.now() - startMs;
    return {
      losses,
      milliseconds,
      dispatchesPerStep: (counts.dispatches - before.dispatches) / steps,
      submitsPerStep: (counts.submits - before.submits) / steps,
      peakBytes: counts.peakBytes,
    };
  },
};
