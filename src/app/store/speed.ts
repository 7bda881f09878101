/** What was measured of the run's speed, on request. */
import type { Event } from '../../contract/messages.ts';
import type { SpeedReport } from '../../contract/speed.ts';
import { lastValue } from './series.ts';
import type { AppState } from './state.ts';

export interface SpeedState {
  /** From the request until its answer. */
  readonly isMeasuring: boolean;
  /** Of the present run; absent until it was asked for. */
  readonly report?: SpeedReport;
}

export const initialSpeed: SpeedState = { isMeasuring: false };

/** The speed after an event. */
export function reduceSpeed(state: SpeedState, event: Event): SpeedState {
  switch (event.type) {
    case 'profiled':
      return { isMeasuring: false, report: event.report };
    case 'prepared':
      return initialSpeed;
    case 'problem':
      return event.problem.where === 'speed' || event.problem.where === 'backend'
        ? { ...state, isMeasuring: false }
        : state;
    default:
      return state;
  }
}

/** How fast the run is. */
export interface Pace {
  readonly stepMs: number;
  readonly tokensPerSecond: number;
  /** False where it has not trained yet: a step was measured before it. */
  readonly isTrained: boolean;
}

/** As it last trained; undefined where nothing was measured. */
export function paceOf({ session: { run }, history }: AppState): Pace | undefined {
  if (!run) return undefined;
  const { training, model } = run.configuration;
  const tokens = training.batch * training.accumulation * model.context;
  const trained = lastValue(history.points, 'tokensPerSecond');
  if (trained) return { stepMs: (1000 * tokens) / trained, tokensPerSecond: trained, isTrained: true };
  const { stepMs } = run.plan;
  return stepMs ? { stepMs, tokensPerSecond: (1000 * tokens) / stepMs, isTrained: false } : undefined;
}
