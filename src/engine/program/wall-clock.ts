/** Times short work by a clock on the host. */

/** Many calls must outlast one by this much to tell how long one takes. */
const enoughMs = 12;
const mostCalls = 256;
const growth = 4;
const samples = 3;

/** Milliseconds of one call, from how much longer many take than one: so what a submit costs, and how long the host waits
 *  to hear that it is done, drop out.
 *  @param run takes this many calls in one go; resolves with the milliseconds until all are done */
export async function timeOneOfMany(run: (calls: number) => Promise<number>): Promise<number> {
  await run(1);
  const oneMs = await least(() => run(1));
  let calls = 1;
  let manyMs = oneMs;
  while (calls < mostCalls && manyMs - oneMs < enoughMs) {
    calls *= growth;
    manyMs = await least(() => run(calls));
  }
  return Math.max(0, manyMs - oneMs) / (calls - 1);
}

async function least(time: () => Promise<number>): Promise<number> {
  let ms = await time();
  for (let sample = 1; sample < samples && ms < growth * enoughMs; sample++) ms = Math.min(ms, await time());
  return ms;
}
