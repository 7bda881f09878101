/** Attention over a window that ends in padding: only the keys before it are seen. */
import { expect, it } from 'vitest';
import { cpuBackend } from '../../testing/backends.ts';
import { familyTest, normal, runKernel, zeros } from '../../testing/kernel-test.ts';
import { attentionForward } from './attention.ts';

const [batch, context, heads] = [2, 9, 2];

function limitedCase(headWidth: number, causal: number, length: number) {
  const width = heads * headWidth;
  return {
    name: `head width ${headWidth}, causal ${causal}, ${length} of ${context} keys`,
    attributes: { batch, context, heads, headWidth, causal, limited: 1, dropout: 0, dropoutStream: 0 },
    data: {
      qkv: normal(batch * context * 3 * width, 4),
      output: zeros(batch * context * width),
      logSumExp: zeros(batch * heads * context),
      counters: [1, 2, 3, length],
    },
  };
}

familyTest(attentionForward, [
  limitedCase(4, 0, 5),
  limitedCase(4, 0, 1),
  limitedCase(4, 1, 5),
  limitedCase(4, 0, 0),
  limitedCase(3, 0, 5),
  limitedCase(3, 1, 5),
]);

it('keys in the padding change nothing, and those before it do', async () => {
  const outputOf = async (changed: number) => {
    const each = limitedCase(4, 0, 5);
    // The key of one position in the first head of the first window.
    each.data.qkv.fill(9, changed * 24 + 8, changed * 24 + 12);
    const results = await runKernel(cpuBackend('f64'), attentionForward, each);
    return [...(results.get('output') ?? [])].slice(0, 5 * 8);
  };
  expect(await outputOf(6)).toEqual(await outputOf(7));
  expect(await outputOf(4)).not.toEqual(await outputOf(7));
});
