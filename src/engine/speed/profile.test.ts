/** The limit of a device: what its kernels reach can't lie above it. */
import { expect, it } from 'vitest';
import type { KernelSpeed } from '../../contract/speed.ts';
import { raised } from './profile.ts';

const kernel = (flops: number, ms: number): KernelSpeed => {
  return { family: 'matmulForward', calls: 1, ms, flops, bytes: 1, picks: [] };
};
const measured = { multiplyAddGflops: 20, copyGigabytesPerSecond: 5 };

it('rises to what the fastest kernel reached, where the probe was held up', () => {
  expect(raised(measured, [kernel(3e7, 1), kernel(1e7, 1)])).toEqual({ ...measured, multiplyAddGflops: 30 });
});

it('stays where kernels are slower, count no operations, or were too short to time', () => {
  expect(raised(measured, [kernel(1e7, 1), kernel(0, 0), kernel(1e7, 0)])).toEqual(measured);
  expect(raised(measured, [])).toEqual(measured);
});
