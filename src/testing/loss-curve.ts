/** Trains a configuration from its first step to its last, as the page does, and keeps what each step measured. */
import type { RunConfiguration } from '../contract/configuration.ts';
import type { Event, TrainingPoint } from '../contract/messages.ts';
import { encodeText } from '../engine/data/encode-text.ts';
import { silentPace } from '../engine/data/pace.ts';
import { streamOf } from '../engine/data/text.ts';
import { tokenizers } from '../engine/data/tokenizers/index.ts';
import type { Backend } from '../engine/program/program.ts';
import { buildCatalog, find } from '../engine/training/catalog.ts';
import { planRun, prepareText } from '../engine/training/prepare.ts';
import { Run } from '../engine/training/run.ts';
import type { SessionPlan } from '../engine/training/session.ts';

/** A model that a software adapter trains for a few hundred steps in a minute. */
export function smallRun(steps: number): RunConfiguration {
  const model = { family: 'gpt', context: 32, layers: 2, heads: 4, width: 64 };
  const { defaults } = buildCatalog([], { id: 'small', label: { en: '', zh: '' }, model }, false);
  const training = { ...defaults.training, batch: 8, evaluationInterval: 1000 };
  return { ...defaults, schedule: { ...defaults.schedule, totalSteps: steps }, training };
}

/** @param prepare gets the plan before anything is loaded
 *  @throws where the device lacks the precision asked for, or training stops early */
export async function lossCurve(
  backend: Backend,
  configuration: RunConfiguration,
  text: string,
  prepare: (plan: SessionPlan) => void,
): Promise<readonly TrainingPoint[]> {
  const encoded = await encodeText(streamOf(text), find(tokenizers, configuration.tokenizer), silentPace);
  const prepared = await prepareText(encoded, configuration, silentPace);
  await backend.checkHalf();
  const plan = planRun(configuration, prepared.tokenizer.vocabulary, backend);
  if (plan.halfRefusal) throw new Error(`no half precision: ${plan.halfRefusal}`);
  prepare(plan);
  const points: TrainingPoint[] = [];
  let finish: (event: Event) => void = () => {};
  const finished = new Promise<Event>((resolve) => {
    finish = resolve;
  });
  const emit = (event: Event) => {
    if (event.type === 'points') points.push(...event.points);
    if (event.type === 'status' && (event.status === 'finished' || event.status === 'failed')) finish(event);
  };
  const run = await Run.prepare(backend, configuration, prepared, { temperature: 1, topK: 0, topP: 1 }, emit);
  run.train();
  await finished;
  await run.destroy();
  if (points.length < configuration.schedule.totalSteps) throw new Error(`stopped after ${points.length} steps`);
  return points;
}

/** Mean loss of each stretch of `window` steps. */
export function windowMeans(points: readonly TrainingPoint[], window: number): number[] {
  return Array.from({ length: Math.floor(points.length / window) }, (_, index) => {
    const part = points.slice(index * window, (index + 1) * window);
    return part.reduce((sum, { trainLoss }) => sum + trainLoss, 0) / window;
  });
}
