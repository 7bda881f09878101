/** A studio on the CPU for tests: opened, with the events it has sent, and a small run to give it. */
import type { RunConfiguration } from '../contract/configuration.ts';
import type { Event, TrainingPoint } from '../contract/messages.ts';
import { maskedToken } from '../engine/objectives/masked-token.ts';
import type { Backend } from '../engine/program/program.ts';
import { Studio } from '../engine/training/studio.ts';
import { cpuBackend } from './backends.ts';
import { ownSource } from './own-source.ts';

type EventOf<Type extends Event['type']> = Extract<Event, { type: Type }>;

export async function openStudio(backend: Backend = cpuBackend('f32')) {
  const events: Event[] = [];
  const studio = new Studio({
    openBackend: async () => ({
      backend,
      report: { kind: 'cpu', adapter: '', software: true, fallbackReason: 'chosen' },
    }),
    readCorpusFile: async () => undefined,
    emit: (event) => events.push(event),
  });
  await studio.handle({ type: 'open', backend: 'auto', pageUrl: '' });
  const all = <Type extends Event['type']>(type: Type) =>
    events.filter((event): event is EventOf<Type> => event.type === type);
  const last = <Type extends Event['type']>(type: Type) => {
    const found = all(type).at(-1);
    if (!found) throw new Error(`no ${type} among ${events.map((event) => event.type)}`);
    return found;
  };
  const { defaults } = last('ready').catalog;
  const small: RunConfiguration = {
    ...defaults,
    corpus: 'custom',
    model: { ...defaults.model, context: 8, layers: 1, heads: 2, width: 16 },
    schedule: { ...defaults.schedule, warmupSteps: 2, totalSteps: 60 },
    training: { ...defaults.training, batch: 4, evaluationInterval: 10 },
  };
  const finished = async () => {
    while (last('status').status === 'training') await new Promise((resolve) => setTimeout(resolve, 5));
  };
  return { studio, events, all, last, small, finished };
}

/** What the small run is trained on. */
export const catText = 'the cat sat on the mat. the dog sat on the log. '.repeat(40);

/** The same after a few steps on `catText`. */
export async function openTrained(steps = 5) {
  const opened = await openStudio();
  const { studio, small } = opened;
  await studio.handle({ type: 'configure', configuration: small, text: ownSource(catText) });
  for (let step = 0; step < steps; step++) await studio.handle({ type: 'step' });
  return opened;
}

/** The same run with blanks to fill. */
export const asMasked = (run: RunConfiguration): RunConfiguration => ({ ...run, objective: maskedToken.id });

/** What training came to, without what the clock says. */
export const losses = (points: readonly TrainingPoint[]) => points.map(({ step, trainLoss }) => [step, trainLoss]);
