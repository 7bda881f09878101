/** An axis of training steps over any stretch of a run, on the scale log(1 + step) or evenly spaced. */
import { namedSteps } from './step-scale.ts';

export type AxisScale = 'logarithmic' | 'linear';

export interface StepAxis {
  readonly scale: AxisScale;
  readonly from: number;
  readonly to: number;
  /** Where a step lies between the ends, from 0 to 1. */
  fraction(step: number): number;
  /** The inverse of fraction, between whole steps. */
  unrounded(fraction: number): number;
}

/** The axis from one step to another; `to` is above `from`. */
export function stepAxis(scale: AxisScale, from: number, to: number): StepAxis {
  const isLinear = scale === 'linear';
  const place = isLinear ? (step: number) => step : Math.log1p;
  const step = isLinear ? (placed: number) => placed : Math.expm1;
  const [low, high] = [place(from), place(to)];
  return {
    scale,
    from,
    to,
    fraction: (each) => (place(Math.max(0, each)) - low) / (high - low),
    unrounded: (fraction) => step(low + fraction * (high - low)),
  };
}

const mostTicks = 6;

/** Steps to name on the axis: powers of ten where it spans some, 1, 2 and 5 times them or round numbers elsewhere. */
export function axisTicks({ scale, from, to }: StepAxis): number[] {
  const powers = namedSteps(to).filter((step) => step >= from);
  if (scale === 'logarithmic' && powers.length >= 3) return powers;
  if (scale === 'logarithmic' && to > 3 * from) {
    return namedSteps(to)
      .flatMap((step) => (step === 0 ? [1, 2, 5] : [step, 2 * step, 5 * step]))
      .filter((step) => step >= from && step <= to);
  }
  return roundTicks(from, to, 1);
}

/** Round numbers between two, at most seven of them.
 *  @param least smallest distance of two */
export function roundTicks(from: number, to: number, least = 0): number[] {
  const spacing = roundAbove(Math.max(least, (to - from) / mostTicks));
  const first = Math.ceil(from / spacing);
  const count = Math.floor(to / spacing) - first + 1;
  return Array.from({ length: count }, (_, index) => Number(((first + index) * spacing).toPrecision(12)));
}

/** The smallest of 1, 2 and 5 times a power of ten that is not below `least`. */
function roundAbove(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5].map((digit) => digit * power).find((step) => step >= least * (1 - 1e-9)) ?? 10 * power;
}
