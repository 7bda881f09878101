/** Cross-entropy and its gradient: logits far apart, and equal ones. */
import { expect, it } from 'vitest';
import { sharedGpuBackend, wasmBackend, wasmVariants } from '../../testing/backends.ts';
import { familyTest, integers, normal, runKernel, zeros } from '../../testing/kernel-test.ts';
import type { Backend } from '../program/program.ts';
import { crossEntropy } from './cross-entropy.ts';
import { fittingKernels, type Kernel } from './kernel.ts';

const { traits } = (await sharedGpuBackend()).kernels;

const shapes = [
  [1, 2, 2],
  [9, 61, 64],
  [12, 96, 96],
  [70, 301, 304],
] as const;

type Shape = (typeof shapes)[number];

function caseOf([rows, vocabulary, stride]: Shape, name: string, logits: number[], writeGradient = 1, scaled = 0) {
  return {
    name: `${rows} rows of ${vocabulary} in ${stride}, ${name}, gradient ${writeGradient}, scaled ${scaled}`,
    attributes: { rows, vocabulary, stride, writeGradient, scaled },
    data: {
      logits,
      targets: integers(rows, vocabulary, 10).map((target, row) => (row % 5 === 4 ? -100 : target)),
      weights: normal(rows, 11).map(Math.abs),
      losses: zeros(rows * 2),
      scaling: [4, 0, 0, 0],
    },
  };
}

// Logits as far apart as ±80, where a naive softmax overflows.
function farApart([rows, , stride]: Shape): number[] {
  return [...normal(rows * stride, 9).map((value) => value * 27)];
}

/** Targets are the largest logit in every second row, in some of these one of several as large. */
function oftenRight(shape: Shape) {
  const [rows, vocabulary, stride] = shape;
  const logits = [...integers(rows * stride, 2 + Math.ceil(vocabulary / 4), 12)];
  const each = caseOf(shape, 'often right', logits);
  for (let row = 0; row < rows; row += 2) {
    const all = logits.slice(row * stride, row * stride + vocabulary);
    logits[row * stride + Math.max(0, each.data.targets[row])] = Math.max(...all);
  }
  return each;
}

familyTest(
  crossEntropy,
  shapes.flatMap((shape) => [
    caseOf(shape, 'far apart', farApart(shape), 0),
    caseOf(shape, 'far apart', farApart(shape)),
    caseOf(shape, 'far apart', farApart(shape), 1, 1),
    oftenRight(shape),
  ]),
);

const everywhere = [
  ...fittingKernels(crossEntropy as Kernel, caseOf(shapes[2], '', []).attributes, traits).map((kernel) => ({
    name: `${kernel.name}, GPU`,
    kernel: kernel as typeof crossEntropy,
    open: sharedGpuBackend as () => Promise<Backend>,
  })),
  ...wasmVariants.map((name) => ({ name, kernel: crossEntropy, open: () => wasmBackend(name) as Promise<Backend> })),
];

it.each(everywhere)('$name: of equal logits the first is the best', async ({ kernel, open }) => {
  const each = caseOf(shapes[2], 'equal', [...zeros(12 * 96)]);
  const data = { ...each.data, targets: integers(12, 3, 10), weights: zeros(12).fill(1) };
  const losses = (await runKernel(await open(), kernel, { ...each, data })).get('losses') ?? [];
  const right = [...losses].filter((_, at) => at % 2 === 1);
  expect(right).toEqual([...data.targets].map((target) => (target === 0 ? 1 : 0)));
});
