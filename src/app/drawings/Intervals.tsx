/** Estimates with their 95 % intervals on one axis that starts at 0: a filled circle, or a hollow square, on a whisker. */
import type { Estimate } from '../../contract/results.ts';
import classes from './Intervals.module.css';

export interface IntervalRow {
  readonly name: string;
  readonly tone: 'causal' | 'masked';
  readonly estimate: Estimate;
  /** Value and bounds in words. */
  readonly spoken: string;
  /** Bounds as figures, beside the whisker. */
  readonly figures: string;
}

interface IntervalsProps {
  readonly rows: readonly IntervalRow[];
  /** End of the axis. */
  readonly top: number;
  readonly ticks: readonly number[];
  readonly tick: (value: number) => string;
  readonly label: string;
}

export function Intervals({ rows, top, ticks, tick, label }: IntervalsProps) {
  const place = (value: number) => `${(100 * Math.min(top, Math.max(0, value))) / top}%`;
  return (
    <div className={classes.figure}>
      <div className={classes.axis} aria-hidden="true">
        {ticks.map((value) => (
          <span key={value} className={classes.tick} style={{ left: place(value) }}>
            <span>{tick(value)}</span>
          </span>
        ))}
      </div>
      <ul className={classes.list} aria-label={label}>
        {rows.map(({ name, tone, estimate: { value, low, high }, spoken, figures }) => (
          <li key={name} className={classes.row} data-tone={tone}>
            <span className={classes.name}>{name}</span>
            <span className={classes.track}>
              <span className={classes.spoken}>{spoken}</span>
              <span
                className={classes.whisker}
                style={{ left: place(low), width: `calc(${place(high)} - ${place(low)})` }}
              />
              <span className={classes.mark} style={{ left: place(value) }} />
              <span
                className={classes.figures}
                aria-hidden="true"
                data-side={value > top / 2 ? 'left' : 'right'}
                style={
                  value > top / 2
                    ? { right: `calc(100% - ${place(low)} + 10px)` }
                    : { left: `calc(${place(high)} + 10px)` }
                }
              >
                {figures}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
