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

/** One sample repeats a call for about this long. */
const turnMs = 4;
const turns = 4;
/** What is slower than the best by this factor, twice, has no more turns: once, or by less, a busy machine may be to blame. */
const hopeless = 3;

/** Milliseconds of one call of each of `runs`, which have run before: the least of their samples, one in each round.
 *  @param isUp after the first round, no more samples from then on */
export async function leastInTurns(
  runs: readonly ((calls: number) => Promise<number>)[],
  isUp = () => false,
  rounds = turns,
): Promise<number[]> {
  const known: number[] = [];
  for (const run of runs) known.push(await run(1));
  for (let round = 1; round < rounds; round++) {
    // As of the round before, where all had as many samples.
    const most = hopeless * Math.min(...known);
    for (const [index, run] of runs.entries()) {
      if (isUp()) return known;
      if (round > 1 && known[index] > most) continue;
      const calls = Math.max(1, Math.min(64, Math.round(turnMs / known[index])));
      known[index] = Math.min(known[index], (await run(calls)) / calls);
    }
  }
  return known;
}
