/** Four small charts of the present run, on the step scale of the loss: accuracy, gradient norm, learning rate, speed. */
import { useMemo } from 'react';
import { decimate } from '../charts/decimate.ts';
import SmallChart from '../charts/SmallChart.tsx';
import { stepAxis } from '../charts/step-axis.ts';
import { useWords } from '../i18n/use-words.ts';
import { lastValue } from '../store/series.ts';
import type { AppState } from '../store/state.ts';
import { useApp, usePaced } from '../store/use-app.ts';
import classes from './ChartsPanel.module.css';
import { trainingCurve } from './curves.ts';

const names = ['accuracy', 'gradientNorm', 'learningRate', 'tokensPerSecond'] as const;
const buckets = 60;
/** Twice a second is enough for what is only glanced at. */
const smallPaceMs = 500;
const selectHistory = (state: AppState) => state.history;
const selectTotal = (state: AppState) => state.session.run?.configuration.schedule.totalSteps ?? 1;

export default function SmallCharts() {
  const { t, percent, fixed, significant, compact } = useWords();
  const history = usePaced(selectHistory, smallPaceMs);
  const totalSteps = useApp(selectTotal);
  const { points } = history;
  const curves = useMemo(() => {
    const axis = stepAxis('logarithmic', 0, totalSteps);
    const placed = (name: (typeof names)[number]) =>
      decimate(trainingCurve(history, name), axis, buckets).map(({ x, y }) => ({ x: axis.fraction(x), y }));
    return names.map(placed);
  }, [history, totalSteps]);
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
      <p className={classes.caption}>{t('small.caption')}</p>
    </div>
  );
}
