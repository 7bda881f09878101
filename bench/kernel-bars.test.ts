/** The bars of the kernel suite: the slowest shape of each mover counts, and products by their geometric mean. */
import { expect, it } from 'vitest';
import { barsOf, type MeasuredShape } from './kernel-bars.ts';

const roofline = {
  multiplyAddGflops: 100,
  copyGigabytesPerSecond: 10,
  workgroupMemoryGigabytesPerSecond: 50,
  emptyDispatchMs: 0.01,
};

function shape(kernel: string, rates: Partial<MeasuredShape>): MeasuredShape {
  return { kernel, calls: 1, flops: 0, gflops: 0, gigabytesPerSecond: 0, ...rates };
}

it('says of each bar what was reached, and whether it holds', () => {
  const shapes = [
    shape('matmul', { calls: 2, flops: 3e9, gflops: 16 }),
    shape('matmul', { flops: 2e9, gflops: 9 }),
    shape('adamw', { gigabytesPerSecond: 9 }),
    shape('layer norm', { gigabytesPerSecond: 20 }),
    shape('layer norm', { gigabytesPerSecond: 7 }),
    shape('layer norm backward', { gigabytesPerSecond: 8 }),
    shape('cross-entropy', { gigabytesPerSecond: 1 }),
  ];
  const bars = barsOf(shapes, roofline, 1000);
  expect(bars.map(({ share, holds }) => [share, holds])).toEqual([
    [0.75, false],
    [0.9, true],
    [0.7, false],
    [0.8, true],
    [0.1, false],
    [0.5, false],
  ]);
});
