/** The connection to the worker: backend, catalog, the run it holds, and what it is doing. */
import type { Catalog } from '../../contract/catalog.ts';
import type { BackendReport, Event, RunReport, Status, Task } from '../../contract/messages.ts';
import { isAboutSettings, type Place } from './problems.ts';

export interface SessionState {
  readonly backend?: BackendReport;
  /** Why it will likely train on the CPU, before the worker has said so. */
  readonly expectedFallback?: BackendReport['fallbackReason'];
  readonly catalog?: Catalog;
  /** The run the worker holds; stays while another one fails to prepare. */
  readonly run?: RunReport;
  readonly status: Status;
  readonly step: number;
  readonly progress?: { readonly task: Task; readonly done: number; readonly total: number };
  /** Milliseconds that runs beside this one take for each of its steps, where it is compared. */
  readonly besideMs?: number;
  /** True from the `configure` command until its answer. */
  readonly configuring: boolean;
}

export const initialSession: SessionState = { status: 'idle', step: 0, configuring: false };

/** The session after an event. */
export function reduceSession(state: SessionState, event: Event): SessionState {
  switch (event.type) {
    case 'ready':
      return { ...state, backend: event.backend, catalog: event.catalog };
    case 'progress':
      return { ...state, progress: { task: event.task, done: event.done, total: event.total } };
    case 'prepared':
      return { ...state, run: event.run, status: 'ready', step: 0, progress: undefined, configuring: false };
    case 'status':
      return {
        ...state,
        status: event.status,
        step: isRunStatus(event.status) ? event.step : state.step,
        progress: event.status === 'preparing' ? state.progress : undefined,
      };
    case 'points':
      return event.points.length > 0 ? { ...state, step: event.points[event.points.length - 1].step } : state;
    case 'loaded':
      return { ...state, step: event.step };
    case 'comparing':
    case 'cancelled':
      return { ...state, configuring: false, progress: undefined };
    case 'problem':
      return endsConfiguring(event.problem.where) ? { ...state, configuring: false, progress: undefined } : state;
    default:
      return state;
  }
}

/** True while weights that someone waited for could be lost. */
export function hasTrained(state: SessionState): boolean {
  return state.step > 0 || state.status === 'training';
}

/** True where the step of a status event is that of the run on show, and not of one being prepared. */
export function isRunStatus(status: Status): boolean {
  return status !== 'preparing' && status !== 'idle';
}

/** True of the CPU where neither the user nor the clock has chosen it. */
export function isUnwanted({ kind, fallbackReason }: Pick<BackendReport, 'kind' | 'fallbackReason'>): boolean {
  return kind === 'cpu' && fallbackReason !== 'chosen' && fallbackReason !== 'slower';
}

function endsConfiguring(where: Place): boolean {
  return isAboutSettings(where) || where === 'backend';
}
