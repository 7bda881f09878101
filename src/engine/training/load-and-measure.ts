/** Loads a planned run onto a backend, and finds out how long a step takes there. */
import type { RunConfiguration } from '../../contract/configuration.ts';
import type { Event } from '../../contract/messages.ts';
import { objectives } from '../objectives/index.ts';
import type { Backend } from '../program/program.ts';
import { createBatchSource } from './batch-source.ts';
import { find } from './catalog.ts';
import type { PreparedText } from './prepare.ts';
import { Session, type SessionPlan } from './session.ts';
import type { BatchSource } from './trainer.ts';

/** Of slower steps than this, one that counts is enough. */
const quickStepMs = 300;

/** The steps that are measured change the weights.
 *  @throws what loading or a step throws, with nothing left allocated */
export async function loadAndMeasure(
  backend: Backend,
  plan: SessionPlan,
  configuration: RunConfiguration,
  text: PreparedText,
  emit: (event: Event) => void,
): Promise<{ session: Session; source: BatchSource; stepMs: number }> {
  const { model, training, objective, masking } = configuration;
  const settings = { masking, vocabulary: text.vocabulary };
  const chosen = find(objectives, objective);
  const source = createBatchSource(text.dataset, chosen, training, model.context, settings);
  const session = await Session.load(backend, plan, configuration.optimizer, (done, total) =>
    emit({ type: 'progress', task: 'compile', done, total }),
  );
  try {
    emit({ type: 'progress', task: 'measure', done: 0, total: 1 });
    const stepMs = await measureStep(session, source);
    emit({ type: 'progress', task: 'measure', done: 1, total: 1 });
    return { session, source, stepMs };
  } catch (error) {
    session.destroy();
    throw error;
  }
}

/** Time of one step. On a GPU the first does not count, however long it takes: it pays for what the driver builds late. */
async function measureStep(session: Session, source: BatchSource): Promise<number> {
  const first = session.backend.kind === 'cpu' ? 1 : 2;
  let stepMs = 0;
  for (let step = 1; step <= 3; step++) {
    const startMs = performance.now();
    await session.submitStepAndRead(step, 0, 0, source.training(step), step);
    stepMs = performance.now() - startMs;
    if (step >= first && stepMs > quickStepMs) break;
  }
  return stepMs;
}
