/** One setting and configuration: everyone trains the same problem, in turns. */
import type { ConfigurationName } from '../configurations.ts';
import type { Round } from './library.ts';
import type { Place, Runner } from './place.ts';
import { problemFiles } from './problem.ts';
import type { Run } from './result.ts';
import type { Setting } from './settings.ts';

/** What is faster than this does more steps a round. */
const shortestRoundMs = 5000;
/** What takes longer than this to answer is given up. */
const longestAnswerMs = 240_000;
const longestCloseMs = 10_000;

function firstLine(error: unknown): string {
  return `${error instanceof Error ? error.message : error}`.split('\n')[0];
}

async function inTime<T>(work: Promise<T>, limitMs = longestAnswerMs): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${limitMs / 1000} s`)), limitMs);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** What hangs is left to the end of its place. */
async function close(runner: Runner | undefined): Promise<void> {
  if (runner) await inTime(runner.close(), longestCloseMs).catch(() => {});
}

async function round(runner: Runner, steps: number): Promise<Round> {
  let all = await inTime(runner.run(steps));
  while (all.milliseconds < shortestRoundMs) {
    const more = await inTime(runner.run(steps));
    const losses = [...all.losses, ...more.losses];
    all = { ...more, losses, milliseconds: all.milliseconds + more.milliseconds };
  }
  return all;
}

/** Opens everyone, lets each take a step to warm up, then rounds in turns. What fails is out, with its error. */
export async function compete(
  place: Place,
  setting: Setting,
  configuration: ConfigurationName,
  { steps, rounds }: { readonly steps: number; readonly rounds: number },
): Promise<Run[]> {
  const files = problemFiles(configuration);
  const runs: Run[] = setting.competitors.map((competitor) => ({ competitor, rounds: [] }));
  const runners: (Runner | undefined)[] = [];
  const attempt = async (index: number, act: () => Promise<Partial<Run>>) => {
    if (runs[index].error !== undefined) return;
    const failed = async (error: unknown): Promise<Partial<Run>> => {
      // What hangs must not go on beside the others.
      await close(runners[index]);
      return { error: firstLine(error) };
    };
    runs[index] = { ...runs[index], ...(await act().catch(failed)) };
  };
  for (const [index, { competitor }] of runs.entries()) {
    process.stderr.write(`${setting.name} ${configuration}: ${competitor.library} ${competitor.backend}\n`);
    await attempt(index, async () => {
      const runner = await place.start();
      runners[index] = runner;
      const opened = await inTime(runner.open(competitor, configuration, files));
      return { opened, rounds: [await inTime(runner.run(1))] };
    });
  }
  for (let turn = 0; turn < rounds; turn++) {
    process.stderr.write(`${setting.name} ${configuration}: round ${turn + 1} of ${rounds}\n`);
    for (const [index, { rounds: before }] of runs.entries()) {
      await attempt(index, async () => ({ rounds: [...before, await round(runners[index]!, steps)] }));
    }
  }
  await Promise.all(runners.map(close));
  return runs;
}
