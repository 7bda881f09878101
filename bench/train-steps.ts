/** Takes training steps as the page does: at most two in flight, metrics read only when their ring would overflow. */
import type { Batch } from '../src/engine/objectives/objective.ts';
import type { Session } from '../src/engine/training/session.ts';
import { longestUnreadRun, type StepMetrics } from '../src/engine/training/step-metrics.ts';

const stepsInFlight = 2;

export interface Steps {
  /** The first step to take; steps count from 1. */
  readonly first: number;
  readonly count: number;
  /** Taken in turn. */
  readonly batches: readonly Batch[];
  readonly learningRate: number;
  readonly seed: number;
}

export interface Trained {
  readonly metrics: StepMetrics[];
  readonly stepMs: number[];
}

export async function trainSteps(session: Session, steps: Steps): Promise<Trained> {
  const { first, count, batches, learningRate, seed } = steps;
  const trained: Trained = { metrics: [], stepMs: [] };
  const inFlight: Promise<void>[] = [];
  const last = first + count - 1;
  let since = first;
  let lastMs = performance.now();
  const finished = () => {
    const nowMs = performance.now();
    trained.stepMs.push(nowMs - lastMs);
    lastMs = nowMs;
  };
  for (let step = first; step <= last; step++) {
    const batch = [batches[(step - 1) % batches.length]];
    if (step === last || step - since + 1 >= longestUnreadRun) {
      trained.metrics.push(...(await session.submitStepAndRead(step, seed, learningRate, batch, since)));
      inFlight.length = 0;
      since = step + 1;
      finished();
      continue;
    }
    session.submitStep(step, seed, learningRate, batch);
    inFlight.push(session.backend.idle().then(finished));
    if (inFlight.length >= stepsInFlight) await inFlight.shift();
  }
  return trained;
}
