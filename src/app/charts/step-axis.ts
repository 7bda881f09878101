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

/** Steps to name on the axis: powers of ten where it spans some, round numbers elsewhere. */
export function axisTicks({ scale, from, to }: StepAxis): number[] {
  const powers = namedSteps(to).filter((step) => step >= from);
  if (scale === 'logarithmic' && powers.length >= 3) return powers;
  const spacing = roundStep((to - from) / mostTicks);
  const first = Math.ceil(from / spacing);
  return Array.from({ length: Math.floor(to / spacing) - first + 1 }, (_, index) => (first + index) * spacing);
}

/** 1, 2 or 5 times a power of ten, at least 1 and at least `least`. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, least)));
  return [1, 2, 5, 10].map((digit) => digit * power).find((step) => step >= least) ?? 10 * power;
}
