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
const buckets = 36;
/** Twice a second is enough for what is only glanced at; each at its own pace, so that they don't draw in one go. */
const slowestMs = 500;
const apartMs = 60;
const selectHistory = (state: AppState) => state.history;
const selectTotal = (state: AppState) => state.session.run?.configuration.schedule.totalSteps ?? 1;

export default function SmallCharts() {
  const { t } = useWords();
  return (
    <div>
      <div className={classes.small}>
        {names.map((name, index) => (
          <ChartOf key={name} name={name} paceMs={slowestMs + index * apartMs} />
        ))}
      </div>
      <p className={classes.caption}>{t('small.caption')}</p>
      <ScalingLine />
    </div>
  );
}

/** How half precision fares. */
function ScalingLine() {
  const { t, number } = useWords();
  const scaling = usePaced(selectHistory, slowestMs).scaling;
  if (!scaling) return null;
  const { scale, skippedSteps } = scaling;
  const values = { scale: number(scale), count: skippedSteps, amount: number(skippedSteps) };
  return <p className={classes.caption}>{t('small.scaling', values)}</p>;
}

interface ChartOfProps {
  readonly name: (typeof names)[number];
  readonly paceMs: number;
}

function ChartOf({ name, paceMs }: ChartOfProps) {
  const { t, percent, fixed, significant, compact } = useWords();
  const history = usePaced(selectHistory, paceMs);
  const totalSteps = useApp(selectTotal);
  const points = useMemo(() => {
    const axis = stepAxis('logarithmic', 0, totalSteps);
    return decimate(trainingCurve(history, name), axis, buckets).map(({ x, y }) => ({ x: axis.fraction(x), y }));
  }, [history, name, totalSteps]);
  const value = lastValue(history.points, name);
  const format = { accuracy: percent, gradientNorm: fixed, learningRate: significant, tokensPerSecond: compact }[name];
  return <SmallChart name={t(`small.${name}`)} value={value === undefined ? '–' : format(value)} points={points} />;
}
