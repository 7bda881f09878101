/** Four small charts of the present run: accuracy, gradient norm, learning rate, speed. */
import { useMemo } from 'react';
import { decimate } from '../charts/decimate.ts';
import SmallChart from '../charts/SmallChart.tsx';
import { useWords } from '../i18n/use-words.ts';
import type { PointSeries } from '../store/history.ts';
import { lastValue } from '../store/series.ts';
import type { AppState } from '../store/state.ts';
import { usePaced } from '../store/use-app.ts';
import classes from './ChartsPanel.module.css';

const names = ['accuracy', 'gradientNorm', 'learningRate', 'tokensPerSecond'] as const;
const buckets = 60;
/** Twice a second is enough for what is only glanced at. */
const smallPaceMs = 500;
const selectPoints = (state: AppState) => state.history.points;

export default function SmallCharts() {
  const { t, number, percent, fixed, significant, compact } = useWords();
  const points = usePaced(selectPoints, smallPaceMs);
  const curves = useMemo(() => names.map((name) => curveOf(points, name)), [points]);
  const format = { accuracy: percent, gradientNorm: fixed, learningRate: significant, tokensPerSecond: compact };
  return (
    <div>
      <div className={classes.small}>
        {names.map((name, index) => {
          const value = lastValue(points, name);
          const shown = value === undefined ? '–' : format[name](value);
          return <SmallChart key={name} name={t(`small.${name}`)} value={shown} points={curves[index]} />;
        })}
      </div>
      <p className={classes.caption}>
        {points.length > 0 && t('small.caption', { step: number(lastValue(points, 'step') ?? 0) })}
      </p>
    </div>
  );
}

function curveOf(points: PointSeries, name: (typeof names)[number]) {
  const last = lastValue(points, 'step') ?? 1;
  return decimate(points.columns.step, points.columns[name], points.length, buckets, (step) => step / last);
}
