/** This project's engine, as the page's worker runs it. */
import { version } from '../../package.json';
import { CpuBackend } from '../../src/engine/cpu/cpu-backend.ts';
import { WasmEngine } from '../../src/engine/cpu/wasm-engine.ts';
import { openDevice } from '../../src/engine/gpu/device.ts';
import { GpuBackend } from '../../src/engine/gpu/gpu-backend.ts';
import { tuningBudgetMs } from '../../src/engine/gpu/tuner.ts';
import type { Backend } from '../../src/engine/program/program.ts';
import { Session } from '../../src/engine/training/session.ts';
import { benchPlan, optimizer } from '../configurations.ts';
import { trainSteps } from '../train-steps.ts';
import type { BackendName, Library } from './library.ts';

async function openBackend(kind: BackendName): Promise<{ backend: Backend; computes: string }> {
  if (kind === 'webgpu') {
    const opened = await openDevice(navigator.gpu);
    if (typeof opened === 'string') throw new Error(opened);
    const { device, adapter } = opened;
    return { backend: new GpuBackend(device, { adapter, budgetMs: tuningBudgetMs }), computes: 'WebGPU' };
  }
  const wasm = await WasmEngine.open();
  if (!wasm) throw new Error('no SIMD in this WebAssembly');
  return { backend: new CpuBackend('f32', wasm), computes: wasm.description };
}

export const ours: Library = {
  version,
  async open({ weights, batches }, configuration, kind) {
    const { backend, computes } = await openBackend(kind);
    const plan = benchPlan(configuration);
    await backend.tune?.(plan.step.program);
    const session = await Session.load(backend, plan, optimizer);
    session.writeWeights(new Map([...weights].map(([name, { values }]) => [name, values])));
    const { learningRate } = optimizer;
    let taken = 0;
    return {
      computes,
      async train(count) {
        const { metrics } = await trainSteps(session, { first: taken + 1, count, batches, learningRate, seed: 0 });
        taken += count;
        return metrics.map(({ loss }) => loss);
      },
    };
  },
};
