/** How the chance of the right answer rose over training, on the shared step axis. */
import { memo } from 'react';
import { namedSteps, stepFraction } from '../charts/step-scale.ts';
import classes from './RiseChart.module.css';
import { useWidth } from './use-width.ts';

interface RiseChartProps {
  /** [step, chance] in ascending order. */
  readonly chances: readonly (readonly [number, number])[];
  /** End of the axis. */
  readonly totalSteps: number;
  /** Step in view. */
  readonly viewStep: number;
  readonly label: string;
  /** The mark of the model: a filled circle, or a hollow square for one that fills blanks. */
  readonly mark?: 'circle' | 'square';
  readonly percent: (share: number) => string;
  readonly number: (value: number) => string;
}

const height = 178;
const margin = { top: 14, right: 46, bottom: 22, left: 34 };

export const RiseChart = memo(function RiseChart(props: RiseChartProps) {
  const { chances, totalSteps, viewStep, label, mark = 'circle', percent, number } = props;
  const [ref, width] = useWidth<HTMLDivElement>();
  const top = chances.some(([, chance]) => chance > 0.5) ? 1 : 0.5;
  const innerWidth = Math.max(0, width - margin.left - margin.right);
  const innerHeight = height - margin.top - margin.bottom;
  const x = (step: number) => margin.left + stepFraction(step, totalSteps) * innerWidth;
  const y = (chance: number) => margin.top + (1 - chance / top) * innerHeight;
  const shown = chances.filter(([step]) => step <= viewStep);
  const last = shown.at(-1) ?? chances[0];
  return (
    <div ref={ref} className={classes.frame}>
      {width > 0 && (
        <svg width={width} height={height} role="img" aria-label={label}>
          {[0, top / 2, top].map((chance) => (
            <g key={chance}>
              <line
                className={chance === 0 ? classes.base : classes.grid}
                x1={margin.left}
                x2={width - margin.right}
                y1={y(chance)}
                y2={y(chance)}
              />
              <text className={classes.tick} x={margin.left - 6} y={y(chance) + 4} textAnchor="end">
                {chance === top ? percent(chance) : number(chance * 100)}
              </text>
            </g>
          ))}
          {namedSteps(totalSteps).map((step) => (
            <text key={step} className={classes.tick} x={x(step)} y={height - 6} textAnchor="middle">
              {number(step)}
            </text>
          ))}
          <polyline
            className={classes.later}
            points={chances.map(([step, chance]) => `${x(step)},${y(chance)}`).join(' ')}
          />
          <polyline
            className={classes.line}
            points={shown.map(([step, chance]) => `${x(step)},${y(chance)}`).join(' ')}
          />
          {last && (
            <>
              {mark === 'circle' ? (
                <circle className={classes.mark} cx={x(last[0])} cy={y(last[1])} r={4} />
              ) : (
                <rect className={classes.hollow} x={x(last[0]) - 4} y={y(last[1]) - 4} width={8} height={8} />
              )}
              <text className={classes.value} x={x(last[0]) + 8} y={y(last[1]) + 5}>
                {percent(last[1])}
              </text>
            </>
          )}
        </svg>
      )}
    </div>
  );
});
