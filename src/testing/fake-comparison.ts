/** Compared runs of the scripted worker: one worker a run, its events wrapped, with an invented verdict at each stop. */
import type { Command, Event, RunReport } from '../contract/messages.ts';
import type { FairScore, Verdict } from '../contract/results.ts';

/** Commands that are about the compared runs while they are in view. */
const forwarded: readonly Command['type'][] = ['train', 'pause', 'step', 'reset', 'undo', 'prompt'];

type Post = { post(command: Command): void };

export class FakeComparison {
  private readonly runs: readonly Post[];

  constructor(
    { configurations, pace, text }: Extract<Command, { type: 'compare' }>,
    send: (event: Event) => void,
    makeWorker: (send: (event: Event) => void) => Post,
  ) {
    const reports: RunReport[] = [];
    this.runs = configurations.map((_, index) =>
      makeWorker((event) => {
        if (event.type === 'prepared') reports.push(event.run);
        else send({ type: 'compared', index, event });
        const isStop = event.type === 'status' && event.status !== 'training';
        if (isStop && index === configurations.length - 1)
          send({ type: 'verdict', verdict: verdictAt(event.step, index) });
      }),
    );
    configurations.forEach((configuration, index) => this.runs[index].post({ type: 'configure', configuration, text }));
    queueMicrotask(() => send({ type: 'comparing', pace, runs: reports }));
  }

  /** True where it takes the command. */
  answer(command: Command): boolean {
    if (!forwarded.includes(command.type)) return false;
    for (const run of this.runs) run.post(command);
    return true;
  }
}

function verdictAt(step: number, last: number): Verdict {
  const shares = Array.from({ length: last + 1 }, (_, index) => Math.min(0.9, (0.02 + index * 0.01) * step));
  const scores = shares.map((share): FairScore => {
    const around = (value: number) => ({ value, low: value * 0.9, high: value * 1.1 });
    return { positions: 500, accuracy: around(share), bits: around(6 - 5 * share) };
  });
  const lead = { leader: last, other: 0, gap: { value: 0.1, low: 0.05, high: 0.15 } };
  const baseline = { token: { id: 0, text: ' ', kind: 'text' as const }, probability: 0.16 };
  return { steps: shares.map(() => step), scores, accuracy: lead, bits: lead, baseline };
}
