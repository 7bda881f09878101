/** What a competitor is: a library that trains a problem on one of its backends, and what it is asked for. */
import type { ConfigurationName } from '../configurations.ts';
import type { Problem, ProblemFiles } from './problem.ts';

export type LibraryName = 'ours' | 'jax-js' | 'tfjs';
export type BackendName = 'webgpu' | 'wasm' | 'cpu';

export interface Competitor {
  readonly library: LibraryName;
  readonly backend: BackendName;
}

export interface Training {
  /** What computes, as the library says it. */
  readonly computes: string;
  /** The losses of the next steps. All their work is done when it resolves. */
  train(steps: number): Promise<number[]>;
}

export interface Library {
  readonly version: string;
  /** @throws where the backend is not there, or lacks something that the training needs */
  open(problem: Problem, configuration: ConfigurationName, backend: BackendName): Promise<Training>;
}

export interface Opened {
  readonly version: string;
  readonly computes: string;
  /** Empty without WebGPU. */
  readonly adapter: string;
  readonly software: boolean;
}

export interface Round {
  readonly losses: readonly number[];
  readonly milliseconds: number;
  readonly dispatchesPerStep: number;
  readonly submitsPerStep: number;
  /** Of GPU buffers, since the competitor opened. */
  readonly peakBytes: number;
}

/** What a process or worker with one competitor answers to. */
export interface Calls {
  /** @throws Error with what the library says, where it cannot run here */
  open(competitor: Competitor, configuration: ConfigurationName, files: ProblemFiles): Promise<Opened>;
  run(steps: number): Promise<Round>;
}
