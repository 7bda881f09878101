/** The loss chart of the present run, with its head. */
import { useViewportSize } from '@mantine/hooks';
import { useMemo } from 'react';
import type { Baselines } from '../../contract/messages.ts';
import { decimate } from '../charts/decimate.ts';
import LossChart, { type Baseline, type LossChartProps } from '../charts/LossChart.tsx';
import { stepFraction } from '../charts/step-scale.ts';
import { capitalized, nounOf, useWords, type Words } from '../i18n/use-words.ts';
import type { Layout } from '../layout.ts';
import type { HistoryState } from '../store/history.ts';
import type { AppState } from '../store/state.ts';
import { usePaced } from '../store/use-app.ts';
import classes from './ChartsPanel.module.css';
import { useFillsBlanks } from './use-fills-blanks.ts';
import { stepInView } from './view.ts';

interface LossViewProps {
  readonly layout: Layout;
}

const buckets = 160;
/** What stands above and below the chart in the right column, in pixels. */
const aroundPx = 468;
/** The line that tells of the fallback. */
const noticePx = 36;
/** The chart is the dearest thing to draw; thrice a second reads as growth. */
const chartPaceMs = 330;
const selectState = (state: AppState) => state;

export default function LossView({ layout }: LossViewProps) {
  const words = useWords();
  const fills = useFillsBlanks();
  const { session, prediction, history } = usePaced(selectState, chartPaceMs);
  const { height } = useViewportSize();
  const above = aroundPx + (session.backend?.fallbackReason ? noticePx : 0);
  const totalSteps = session.run?.configuration.schedule.totalSteps ?? 1;
  const curves = useMemo(() => curvesOf(history, totalSteps), [history, totalSteps]);
  const chartWords = useMemo(() => lossWords(words), [words]);
  if (!session.run) return null;
  const { corpus, plan, configuration } = session.run;
  const noun = capitalized(nounOf(configuration.tokenizer));
  return (
    <div className={classes.loss}>
      <div className={classes.head}>
        <h2 className={classes.title}>{words.t('loss.title')}</h2>
        <span className={classes.unit}>{words.t(`${fills ? 'blanks' : 'loss'}.unit${noun}`)}</span>
      </div>
      <LossChart
        {...curves}
        baselines={namedBaselines(corpus.baselines, plan.vocabulary, noun, words).slice(0, fills ? 2 : 3)}
        mark={fills ? 'square' : 'circle'}
        totalSteps={totalSteps}
        viewStep={stepInView(session, prediction)}
        brokenAt={history.brokenAt}
        height={layout === 'wide' ? Math.min(560, Math.max(300, height - above)) : 320}
        words={chartWords}
      />
    </div>
  );
}

function curvesOf({ points, evaluations }: HistoryState, totalSteps: number) {
  const position = (step: number) => stepFraction(step, totalSteps);
  const { step, trainLoss } = points.columns;
  const measured = evaluations.columns;
  return {
    training: decimate(step, trainLoss, points.length, buckets, position),
    validation: decimate(measured.step, measured.validationLoss, evaluations.length, buckets, position),
  };
}

/** Dashes lengthen with knowledge. */
function namedBaselines(
  { uniform, unigram, bigram }: Baselines,
  vocabulary: number,
  noun: 'Characters' | 'Bytes' | 'Tokens',
  { t }: Words,
): Baseline[] {
  return [
    { name: `${t('loss.uniform')} ln ${vocabulary} =`, value: uniform, dash: '1.5 3' },
    { name: t(`loss.unigram${noun}`), value: unigram, dash: '5 3' },
    { name: t(`loss.bigram${noun}`), value: bigram, dash: '9 3' },
  ];
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
