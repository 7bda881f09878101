/** What the rounds of all competitors come to: medians, and ratios where the losses agree. */
import { median } from '../median.ts';
import type { Competitor, Opened, Round } from './library.ts';

/** A competitor after its rounds, the first of them a warm-up; or what stopped it. */
export interface Run {
  readonly competitor: Competitor;
  readonly opened?: Opened;
  readonly rounds: readonly Round[];
  readonly error?: string;
}

export type Result = Competitor & {
  readonly version?: string;
  readonly computes?: string;
  /** Median of the rounds. */
  readonly tokensPerSecond?: number;
  readonly tokensPerSecondOfRounds?: readonly number[];
  /** Ours to this one's; left out where the losses disagree. */
  readonly ratio?: number;
  readonly comparedLosses?: number;
  /** Relative to ours. */
  readonly largestLossDifference?: number;
  readonly dispatchesPerStep?: number;
  readonly submitsPerStep?: number;
  readonly peakGpuBytes?: number;
  readonly error?: string;
};

/** Losses that are compared, where that many steps were taken. */
const comparedSteps = 10;
/** Relative. Sums in another order alone differ by about 1e-6. */
const lossTolerance = 1e-4;

const lossesOf = ({ rounds }: Run) => rounds.flatMap(({ losses }) => losses);

/** Of the first losses, as many as both have. */
function largestDifference(losses: readonly number[], reference: readonly number[]) {
  const comparedLosses = Math.min(comparedSteps, losses.length, reference.length);
  const differences = losses.slice(0, comparedLosses).map((loss, step) => Math.abs(loss / reference[step] - 1));
  return { comparedLosses, largestLossDifference: Math.max(...differences) };
}

function rates({ rounds }: Run, tokensPerStep: number): number[] {
  return rounds.slice(1).map(({ losses, milliseconds }) => (losses.length * tokensPerStep * 1000) / milliseconds);
}

function resultOf(run: Run, ours: Run, tokensPerStep: number): Result {
  const { competitor, opened, rounds } = run;
  const { version, computes } = opened ?? {};
  if (run.error !== undefined) return { ...competitor, version, computes, error: run.error };
  const tokensPerSecondOfRounds = rates(run, tokensPerStep);
  const tokensPerSecond = median(tokensPerSecondOfRounds);
  const last = rounds[rounds.length - 1];
  const measured = {
    ...{ ...competitor, version, computes, tokensPerSecond, tokensPerSecondOfRounds },
    ...(last.dispatchesPerStep > 0 && {
      dispatchesPerStep: last.dispatchesPerStep,
      submitsPerStep: last.submitsPerStep,
      peakGpuBytes: last.peakBytes,
    }),
  };
  if (run === ours || ours.error !== undefined) return measured;
  const { comparedLosses, largestLossDifference } = largestDifference(lossesOf(run), lossesOf(ours));
  // Not a number is no agreement either.
  if (!(largestLossDifference <= lossTolerance)) {
    const error = `its losses differ by up to ${largestLossDifference.toExponential(1)}: another training, so no ratio`;
    return { ...measured, comparedLosses, largestLossDifference, error };
  }
  const ratio = median(rates(ours, tokensPerStep)) / tokensPerSecond;
  return { ...measured, comparedLosses, largestLossDifference, ratio };
}

/** @param runs ours first */
export function results(runs: readonly Run[], tokensPerStep: number): Result[] {
  return runs.map((run) => resultOf(run, runs[0], tokensPerStep));
}
