/** What the kernel suite should reach on any adapter, beside what it does. */
import type { Roofline } from '../src/contract/speed.ts';

/** Calls of one shape in a step. */
export interface MeasuredShape {
  /** Of the reference, whatever variant ran. */
  readonly kernel: string;
  readonly calls: number;
  /** Of one call. */
  readonly flops: number;
  readonly gflops: number;
  readonly gigabytesPerSecond: number;
}

export interface Bar {
  readonly bar: string;
  readonly share: number;
  readonly least: number;
  readonly holds: boolean;
}

/** Kernels that do little but move memory. */
const movers = ['adamw', 'layer norm', 'layer norm backward', 'cross-entropy'];

/** @param stepMs of a whole step, as trained */
export function barsOf(shapes: readonly MeasuredShape[], roofline: Roofline, stepMs: number): Bar[] {
  const products = shapes.filter(({ kernel }) => kernel === 'matmul');
  const best = Math.max(...products.map(({ gflops }) => gflops));
  const mean = Math.exp(products.reduce((sum, { gflops }) => sum + Math.log(gflops), 0) / products.length);
  const flops = products.reduce((sum, shape) => sum + shape.flops * shape.calls, 0);
  return [
    bar('geometric mean of matmul shapes, of the best', mean / best, 0.8),
    ...movers.map((mover) => {
      const rates = shapes.filter(({ kernel }) => kernel === mover).map((shape) => shape.gigabytesPerSecond);
      return bar(`${mover}, slowest shape, of copy`, Math.min(...rates) / roofline.copyGigabytesPerSecond, 0.8);
    }),
    bar('step efficiency: matmul of a step, of the best', flops / stepMs / 1e6 / best, 0.7),
  ];
}

function bar(name: string, share: number, least: number): Bar {
  return { bar: name, share, least, holds: share >= least };
}
