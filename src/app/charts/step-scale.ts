/** The axis of training time that loss, rise and ruler share: log(1 + step), so one moment lies at one fraction. */

/** Where a step lies between 0 and `last`, from 0 to 1. */
export function stepFraction(step: number, last: number): number {
  return Math.log1p(Math.max(0, step)) / Math.log1p(Math.max(1, last));
}

/** The whole step at a fraction: the inverse of stepFraction. */
export function stepAt(fraction: number, last: number): number {
  return Math.round(Math.expm1(Math.min(1, Math.max(0, fraction)) * Math.log1p(Math.max(1, last))));
}

interface Tick {
  readonly step: number;
  /** 0 and powers of ten: long and named. */
  readonly isMajor: boolean;
}

/** 0, then 1 to 9 of each decade up to `last`. */
export function stepTicks(last: number): Tick[] {
  const ticks: Tick[] = [{ step: 0, isMajor: true }];
  for (let decade = 1; decade <= last; decade *= 10) {
    for (let digit = 1; digit <= 9 && digit * decade <= last; digit++) {
      ticks.push({ step: digit * decade, isMajor: digit === 1 && decade > 1 });
    }
  }
  return ticks;
}

/** Named ticks: 0, 10, 100, … up to `last`. */
export function namedSteps(last: number): number[] {
  return stepTicks(last)
    .filter((tick) => tick.isMajor)
    .map((tick) => tick.step);
}
