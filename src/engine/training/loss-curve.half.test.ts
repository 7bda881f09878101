/** The loss of a run in half precision stays with that of the same run in single precision. */
import { expect, it } from 'vitest';
import { openTestDevice } from '../../testing/backends.ts';
import { lossCurve, smallRun, windowMeans } from '../../testing/loss-curve.ts';
import { preferReferences } from '../../testing/reference-kernels.ts';
import { GpuBackend } from '../gpu/gpu-backend.ts';

const text = 'The whale swam past the ship, and the ship sailed past the whale; nobody saw which was first. '.repeat(
  60,
);

it('is within 1 % over 80 steps, in windows of 20, and says how the loss was scaled', async () => {
  const backend = new GpuBackend((await openTestDevice(['shader-f16'])).device);
  const curves = [];
  for (const precision of ['single', 'half']) {
    const { training, ...rest } = smallRun(80);
    const points = await lossCurve(backend, { ...rest, training: { ...training, precision } }, text, (plan) => {
      preferReferences(backend, plan);
    });
    curves.push(windowMeans(points, 20));
    expect(points.at(-1)?.scaling).toEqual(precision === 'half' ? { scale: 2 ** 16, skippedSteps: 0 } : undefined);
    expect(points.every(({ gradientNorm }) => gradientNorm > 0)).toBe(true);
  }
  const [single, half] = curves;
  expect(half).not.toEqual(single);
  half.forEach((loss, index) => expect(Math.abs(loss / single[index] - 1), `window ${index}`).toBeLessThan(0.01));
  backend.destroy();
});
