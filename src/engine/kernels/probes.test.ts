/** The probes do the work that they are timed for. */
import { kernelTest, normal } from '../../testing/kernel-test.ts';
import { copyProbe, multiplyAddProbe } from './probes.ts';

const cases = [
  { length: 64, rounds: 3 },
  { length: 77, rounds: 40 },
  { length: 300, rounds: 1 },
].map((attributes) => ({
  attributes,
  data: { x: normal(4 * attributes.length, 3).map((value) => 0.3 * value), y: new Float32Array(4 * attributes.length) },
  tolerance: 1e-4,
}));

kernelTest(multiplyAddProbe, cases);
kernelTest(copyProbe, cases);
