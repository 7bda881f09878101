/** The learning rate over a run, as a small curve. */
import type { ScheduleConfiguration } from '../../contract/configuration.ts';

interface ScheduleCurveProps {
  readonly schedule: ScheduleConfiguration;
}

const width = 80;
const height = 24;

export function ScheduleCurve({ schedule }: ScheduleCurveProps) {
  const points = Array.from({ length: width + 1 }, (_, x) => {
    const y = height - 3 - 18 * shareOfPeak((x / width) * schedule.totalSteps, schedule);
    return `${x} ${y.toFixed(1)}`;
  });
  return (
    <svg viewBox={`0 0 ${width} ${height}`} width="100%" height={height} preserveAspectRatio="none" aria-hidden="true">
      <path d={`M0 ${height - 2.5}H${width}`} stroke="var(--rule)" vectorEffect="non-scaling-stroke" />
      <path
        d={`M${points.join('L')}`}
        fill="none"
        stroke="var(--ink2)"
        strokeWidth="1.5"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}

/** A picture of the built-in decays; one the page doesn't know is drawn as constant. */
function shareOfPeak(step: number, { kind, warmupSteps, totalSteps, finalRatio }: ScheduleConfiguration): number {
  if (step < warmupSteps) return step / warmupSteps;
  const progress = Math.min(1, (step - warmupSteps) / Math.max(1, totalSteps - warmupSteps));
  if (kind === 'linear') return 1 - (1 - finalRatio) * progress;
  if (kind === 'cosine') return finalRatio + (1 - finalRatio) * 0.5 * (1 + Math.cos(Math.PI * progress));
  return 1;
}
