/** Kernels outside the tape: AdamW, the global norm, the metrics, and the deterministic order of tokens. */
import { describe, expect, it } from 'vitest';
import { cpuBackend, sharedGpuBackend } from '../../testing/backends.ts';
import { familyTest, integers, kernelTest, normal, runKernel, zeros } from '../../testing/kernel-test.ts';
import { adamW } from './adamw.ts';
import { globalNormFinal, globalNormGroups, globalNormPartial } from './global-norm.ts';
import * as kernels from './index.ts';
import { type Kernel, specialize } from './kernel.ts';
import { lossMetrics } from './metrics.ts';
import { sortTokens } from './token-order.ts';

const betas = { beta1: 0.9, beta2: 0.999, complement1: 0.1, complement2: 0.001, epsilon: 1e-8 };

function adamCase(length: number, decayed: number, control: number[]) {
  return {
    name: `${length} elements, ${decayed} decayed, control ${control}`,
    attributes: { length, decayed, copied: 0, ...betas },
    data: {
      parameters: normal(length, 1),
      gradients: normal(length, 2),
      firstMoment: normal(length, 3),
      secondMoment: normal(length, 4).map(Math.abs),
      control,
      rates: Float64Array.of(0.01, 0.1, 0.001, 0.1).map(Math.fround),
    },
  };
}

kernelTest(adamW, [
  adamCase(4, 0, [1, 0, 0, 0]),
  adamCase(260, 128, [0.25, 0, 0, 0]),
  adamCase(1024, 1024, [1, 1, 0, 0]),
  adamCase(64, 64, [1, 0, 1, 0]),
  copyingCase(260, 128),
]);

function copyingCase(length: number, copied: number) {
  const { attributes, data } = adamCase(length, 64, [1, 0, 0, 0]);
  return { attributes: { ...attributes, copied }, data: { ...data, copy: zeros(copied) } };
}

it('AdamW leaves everything as it is once poisoned', async () => {
  const each = adamCase(64, 64, [1, 1, 0, 0]);
  const results = await runKernel(await sharedGpuBackend(), adamW, each);
  expect([...(results.get('parameters') ?? [])]).toEqual([...each.data.parameters]);
});

familyTest(
  globalNormPartial,
  [4, 64, 1024, 5000, 300_004].map((length) => {
    const groups = globalNormGroups(length);
    return { attributes: { length, groups }, data: { gradients: normal(length, 5), partials: zeros(groups) } };
  }),
);

function finalCase(partials: ArrayLike<number>, clip: number, loss = 2) {
  const metrics = zeros(12);
  metrics[8] = loss;
  return {
    attributes: { groups: partials.length, clip, doubleAfter: 0 },
    data: { partials, metrics, control: zeros(4), counters: Uint32Array.of(1, 2, 2, 0) },
  };
}

kernelTest(globalNormFinal, [finalCase([4], 1), finalCase(normal(200, 6).map(Math.abs), 0.5), finalCase([0, 0], 0)]);

function scaledCase(partials: ArrayLike<number>, scale: number, steps: number) {
  const { attributes, data } = finalCase(partials, 0.5);
  return { attributes: { ...attributes, doubleAfter: 3 }, data: { ...data, scaling: [scale, steps, 0, 0] } };
}

kernelTest(globalNormFinal, [scaledCase([2 ** 20], 1024, 0), scaledCase([2 ** 20, 7], 1024, 2)]);

it('the loss scale halves after an overflow, down to 1, where the guard takes over, and doubles after enough steps', async () => {
  const infinite = [1, Number.POSITIVE_INFINITY];
  const table = [
    { each: scaledCase([4], 8, 1), scale: 8, steps: 2, poisoned: 0, skipped: 0 },
    { each: scaledCase([4], 8, 2), scale: 16, steps: 0, poisoned: 0, skipped: 0 },
    { each: scaledCase([4], 2 ** 24, 2), scale: 2 ** 24, steps: 0, poisoned: 0, skipped: 0 },
    { each: scaledCase(infinite, 8, 2), scale: 4, steps: 0, poisoned: 0, skipped: 1 },
    { each: scaledCase(infinite, 1, 2), scale: 1, steps: 0, poisoned: 1, skipped: 1 },
  ];
  for (const backend of [await sharedGpuBackend(), cpuBackend('f32')]) {
    for (const { each, scale, steps, poisoned, skipped } of table) {
      const results = await runKernel(backend, globalNormFinal, each);
      expect([...(results.get('scaling') ?? [])].slice(0, 2)).toEqual([scale, steps]);
      expect([...(results.get('control') ?? [])].slice(1, 3)).toEqual([poisoned, skipped]);
      expect(results.get('metrics')?.[11]).toBe(each.data.scaling[0]);
    }
  }
});

describe('the guard against values that are not finite', () => {
  const bad: [string, ReturnType<typeof finalCase>][] = [
    ['an infinite gradient', finalCase([1, Number.POSITIVE_INFINITY], 1)],
    ['a gradient that is no number', finalCase([1, Number.NaN], 1)],
    ['a loss that is no number', finalCase([1, 1], 1, Number.NaN)],
  ];
  it.each(bad)('sees %s', async (_, each) => {
    for (const backend of [await sharedGpuBackend(), cpuBackend('f32')]) {
      expect((await runKernel(backend, globalNormFinal, each)).get('control')?.[1]).toBe(1);
    }
  });
});

familyTest(
  lossMetrics,
  [1, 64, 777].flatMap((rows) =>
    [0, 1].map((accumulate) => ({
      attributes: { rows, accumulate },
      data: { losses: normal(rows * 2, 7), metrics: normal(16, 8), counters: Uint32Array.of(1, 2, 3, 0) },
    })),
  ),
);

it('sortTokens lists the positions of each token in order', () => {
  const tokens = integers(500, 23, 12);
  const [order, starts] = [new Int32Array(500), new Int32Array(24)];
  sortTokens(tokens, 23, order, starts);
  expect([starts[0], starts[23]]).toEqual([0, 500]);
  for (let token = 0; token < 23; token++) {
    const own = [...order.subarray(starts[token], starts[token + 1])];
    expect(own).toEqual([...tokens.keys()].filter((at) => tokens[at] === token));
  }
});

describe('every kernel', () => {
  const all = (Object.values(kernels) as unknown[]).filter(isKernel);

  it('keeps to eight storage buffers a stage', () => {
    expect(all.length).toBeGreaterThan(20);
    for (const kernel of all) {
      const storage = Object.values(kernel.bindings).filter((binding) => !binding.uniform);
      expect(storage.length, kernel.name).toBeLessThanOrEqual(8);
    }
  });

  it('refuses an attribute that its WGSL has no const for', () => {
    expect(() => specialize(kernels.add as Kernel, { length: 1, hasC: 1 })).toThrow('HAS_C');
  });
});

function isKernel(value: unknown): value is Kernel {
  return typeof value === 'object' && value !== null && 'entryPoint' in value;
}
