/** The loss chart of the present run, with its head. */
import { useViewportSize } from '@mantine/hooks';
import { useMemo } from 'react';
import { decimate } from '../charts/decimate.ts';
import LossChart, { type LossChartProps } from '../charts/LossChart.tsx';
import { stepAxis } from '../charts/step-axis.ts';
import { capitalized, nounOf, useWords, type Words } from '../i18n/use-words.ts';
import type { Layout } from '../layout.ts';
import type { HistoryState } from '../store/history.ts';
import type { AppState } from '../store/state.ts';
import { usePaced } from '../store/use-app.ts';
import { namedBaselines } from './baselines.ts';
import classes from './ChartsPanel.module.css';
import { trainingCurve, validationCurve } from './curves.ts';
import { useFillsBlanks } from './use-fills-blanks.ts';
import { stepInView } from './view.ts';

interface LossViewProps {
  readonly layout: Layout;
  /** Of the chart, in pixels; the layout's own where it is left out. */
  readonly height?: number;
}

/** Four points in each: more than the chart has pixels. */
const buckets = 75;
/** Each validation point has a mark of its own, which costs more to draw than the line. */
const markedBuckets = 12;
/** What stands above and below the chart in the right column, in pixels. */
const aroundPx = 468;
/** The line that tells of the fallback. */
const noticePx = 36;
/** The chart is the dearest thing to draw; thrice a second reads as growth. */
const chartPaceMs = 330;
const selectState = (state: AppState) => state;

export default function LossView({ layout, height: fixedHeight }: LossViewProps) {
  const words = useWords();
  const fills = useFillsBlanks();
  const { session, prediction, history } = usePaced(selectState, chartPaceMs);
  const { height } = useViewportSize();
  const above = aroundPx + (session.backend?.fallbackReason ? noticePx : 0);
  const totalSteps = session.run?.configuration.schedule.totalSteps ?? 1;
  const curves = useMemo(() => curvesOf(history, totalSteps), [history, totalSteps]);
  const chartWords = useMemo(() => lossWords(words), [words]);
  if (!session.run) return <div className={classes.place} />;
  const noun = capitalized(nounOf(session.run.configuration.tokenizer));
  return (
    <div>
      <div className={classes.head}>
        <h2 className={classes.title}>{words.t('loss.title')}</h2>
        <span className={classes.unit}>{words.t(`${fills ? 'blanks' : 'loss'}.unit${noun}`)}</span>
      </div>
      <LossChart
        {...curves}
        baselines={namedBaselines(session.run, fills, words)}
        mark={fills ? 'square' : 'circle'}
        totalSteps={totalSteps}
        viewStep={stepInView(session, prediction)}
        brokenAt={history.brokenAt}
        height={fixedHeight ?? (layout === 'wide' ? Math.min(560, Math.max(300, height - above)) : 320)}
        words={chartWords}
      />
    </div>
  );
}

function curvesOf(history: HistoryState, totalSteps: number) {
  const axis = stepAxis('logarithmic', 0, Math.max(1, totalSteps));
  return {
    training: decimate(trainingCurve(history, 'trainLoss'), axis, buckets),
    validation: decimate(validationCurve(history), axis, markedBuckets),
  };
}

function lossWords({ t, number, fixed }: Words): LossChartProps['words'] {
  return {
    chart: t('loss.chart'),
    validation: t('loss.validation'),
    training: t('loss.training'),
    axis: t('loss.axis'),
    empty: t('loss.empty'),
    broken: t('loss.broken'),
    step: (step) => t('ruler.step', { step: number(step) }),
    loss: (value) => fixed(value),
    number: (value) => number(value, 2),
  };
}
