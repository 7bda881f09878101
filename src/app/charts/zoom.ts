/** Coming closer to a stretch of steps. */
import type { StepAxis } from './step-axis.ts';

const fewestSteps = 4;

/** The stretch that is `factor` as wide on the axis, with the place at `around` (0 to 1) kept where it is;
 *  undefined where it would be the whole run. */
export function zoomedAround(
  axis: StepAxis,
  around: number,
  factor: number,
  lastStep: number,
): readonly [number, number] | undefined {
  const from = Math.max(0, Math.round(axis.unrounded(around - around * factor)));
  const to = Math.min(lastStep, Math.round(axis.unrounded(around + (1 - around) * factor)));
  if (from === 0 && to >= lastStep) return undefined;
  return to - from < fewestSteps ? [axis.from, axis.to] : [from, to];
}
