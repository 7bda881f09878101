/** Chooses the backend: the one asked for, or on a software adapter whichever takes a step of the default model faster. */
import type { BackendChoice, BackendReport } from '../../contract/messages.ts';
import type { Backend } from '../program/program.ts';

export interface OpenedBackend<B = Backend> {
  readonly backend: B;
  readonly report: BackendReport;
}

/** A software adapter that has not compiled and taken a step by then is not waited for: the CPU is ready. */
const patienceMs = 2000;

/** @param open opens what was asked for, or the CPU with the reason why not
 *  @param measure duration of a step in milliseconds
 *  @param patience milliseconds that a software adapter has to show a step */
export async function chooseBackend<B extends Pick<Backend, 'destroy'>>(
  choice: BackendChoice,
  open: (choice: BackendChoice) => Promise<OpenedBackend<B>>,
  measure: (backend: B) => Promise<number>,
  patience = patienceMs,
): Promise<OpenedBackend<B>> {
  const first = await open(choice);
  const isInDoubt = choice === 'auto' && first.report.kind === 'webgpu' && first.report.software;
  if (!isInDoubt) return first;
  const cpu = await open('cpu');
  const cpuStepMs = await measure(cpu.backend);
  // A software adapter that can't even run the model has lost.
  const measuring = measure(first.backend).catch(() => Number.POSITIVE_INFINITY);
  const webgpuStepMs = await Promise.race([measuring, later(patience, Number.POSITIVE_INFINITY)]);
  const measured = { webgpuStepMs, cpuStepMs };
  if (webgpuStepMs <= cpuStepMs) {
    cpu.backend.destroy();
    return { backend: first.backend, report: { ...first.report, measured } };
  }
  first.backend.destroy();
  return { backend: cpu.backend, report: { ...cpu.report, fallbackReason: 'slower', measured } };
}

function later<T>(ms: number, value: T): Promise<T> {
  return new Promise((resolve) => setTimeout(resolve, ms, value));
}
