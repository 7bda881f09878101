/** What the scripted worker says of its speed: the figures of no device. */
import type { SpeedReport } from '../contract/speed.ts';

export const fakeSpeed: SpeedReport = {
  roofline: {
    multiplyAddGflops: 2000,
    copyGigabytesPerSecond: 400,
    workgroupMemoryGigabytesPerSecond: 3000,
    emptyDispatchMs: 0.004,
  },
  kernels: [
    {
      family: 'matmulBackward',
      calls: 50,
      ms: 12,
      flops: 9e9,
      bytes: 4e8,
      picks: [
        { kernel: 'matmul workgroup 64×64', calls: 48 },
        { kernel: 'matmul vector 4×8', calls: 2 },
      ],
    },
    {
      family: 'matmulForward',
      calls: 25,
      ms: 6,
      flops: 4.5e9,
      bytes: 2e8,
      picks: [{ kernel: 'matmul workgroup 64×64', calls: 25 }],
    },
    { family: 'adamW', calls: 1, ms: 2, flops: 0, bytes: 6e8, picks: [{ kernel: 'adamw', calls: 1 }] },
  ],
  steps: 12,
  clock: 'timestamps',
};
