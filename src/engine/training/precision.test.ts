/** The setting of half precision on devices that lack it: they say why, and train in single precision. */
import { describe, expect, it } from 'vitest';
import { cpuBackend, openTestDevice } from '../../testing/backends.ts';
import { catText, openStudio } from '../../testing/open-studio.ts';
import { ownSource } from '../../testing/own-source.ts';
import { GpuBackend } from '../gpu/gpu-backend.ts';

const backends = {
  cpu: async () => cpuBackend('f32'),
  'no-f16': async () => new GpuBackend((await openTestDevice(['subgroups'])).device),
};

describe('half precision where there is none', () => {
  for (const [refusal, open] of Object.entries(backends)) {
    it(`says '${refusal}', and trains as in single precision`, async () => {
      const { studio, small, last, all } = await openStudio(await open());
      const text = ownSource(catText);
      const configurations = ['single', 'half'].map((precision) => {
        return { ...small, training: { ...small.training, precision } };
      });
      const losses: number[] = [];
      for (const configuration of configurations) {
        await studio.handle({ type: 'plan', configuration });
        await studio.handle({ type: 'configure', configuration, text });
        await studio.handle({ type: 'step' });
        const { scaling, trainLoss } = last('points').points[0];
        losses.push(trainLoss);
        expect(scaling).toBeUndefined();
      }
      expect(losses[1]).toBe(losses[0]);
      const plans = [...all('planned').map(({ plan }) => plan), ...all('prepared').map(({ run }) => run.plan)];
      expect(plans.map(({ halfRefusal }) => halfRefusal)).toEqual([undefined, refusal, undefined, refusal]);
      expect(plans[3].bytes).toBe(plans[2].bytes);
    });
  }
});
