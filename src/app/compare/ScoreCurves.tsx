/** The fair scores of all runs over training, and the measure they are shown by. */
import { useMemo } from 'react';
import type { Verdict } from '../../contract/results.ts';
import type { Baseline } from '../charts/baseline.ts';
import ScoreChart from '../charts/ScoreChart.tsx';
import { Segmented } from '../controls/Segmented.tsx';
import { visibleText } from '../drawings/shade.ts';
import { capitalized, nounOf, useWords, type Words } from '../i18n/use-words.ts';
import type { ComparisonState } from '../store/comparison.ts';
import classes from './Compare.module.css';
import type { Face } from './faces.ts';
import { estimateOf, type Measure, measures, writeValue } from './measure.ts';

interface ScoreCurvesProps {
  readonly comparison: ComparisonState;
  readonly faces: readonly Face[];
  readonly measure: Measure;
  readonly onMeasure: (measure: Measure) => void;
}

const names = { accuracy: 'byAccuracy', bits: 'byBits' } as const;
const titles = { accuracy: 'curveAccuracy', bits: 'curveBits' } as const;
const heightPx = 272;

export default function ScoreCurves({ comparison, faces, measure, onMeasure }: ScoreCurvesProps) {
  const words = useWords();
  const { t } = words;
  const { runs, verdicts } = comparison;
  const totalSteps = Math.max(...runs.map(({ session }) => session.run?.configuration.schedule.totalSteps ?? 1));
  const curves = useMemo(() => curvesOf(verdicts, faces, measure), [verdicts, faces, measure]);
  const spoken = useMemo(() => chartWords(measure, words), [measure, words]);
  return (
    <section className={classes.part} aria-label={t(`compare.${titles[measure]}`)}>
      <div className={classes.partHead}>
        <h3 className={classes.partTitle}>{t(`compare.${titles[measure]}`)}</h3>
        <Segmented
          label={t('compare.measure')}
          segments={measures.map((value) => ({ value, label: t(`compare.${names[value]}`) }))}
          value={measure}
          onChange={(value) => onMeasure(value === 'bits' ? 'bits' : 'accuracy')}
        />
      </div>
      <ScoreChart
        curves={curves}
        baselines={baselinesOf(comparison, measure, words)}
        totalSteps={totalSteps}
        height={heightPx}
        words={spoken}
      />
    </section>
  );
}

function curvesOf(verdicts: readonly Verdict[], faces: readonly Face[], measure: Measure) {
  return faces.map(({ name, tone, dash }, index) => ({
    name,
    tone,
    dash,
    points: verdicts.map(({ steps, scores }) => ({ step: steps[index], ...estimateOf(scores[index], measure) })),
  }));
}

/** What needs no training: always the most frequent token, or bits by the frequencies of the training part. */
function baselinesOf({ runs, verdicts }: ComparisonState, measure: Measure, { t }: Words): readonly Baseline[] {
  const run = runs[0]?.session.run;
  const baseline = verdicts.at(-1)?.baseline;
  if (!run || !baseline) return [];
  if (measure === 'accuracy') {
    const name = t('compare.baseline', { token: visibleText(baseline.token.text) });
    return [{ name, value: baseline.probability, dash: '5 3' }];
  }
  const noun = capitalized(nounOf(run.configuration.tokenizer));
  return [{ name: t(`loss.unigram${noun}`), value: run.corpus.baselines.unigram / Math.LN2, dash: '5 3' }];
}

function chartWords(measure: Measure, words: Words) {
  const { t, percent, number } = words;
  return {
    chart: t(`compare.${titles[measure]}`),
    tick: (value: number) => (measure === 'accuracy' ? percent(value) : number(value, 1)),
    value: (value: number) => writeValue(value, measure, words),
    number: (value: number) => number(value),
  };
}
