/** The last fair scores with their intervals, and whether the lead may be luck. */
import type { Verdict } from '../../contract/results.ts';
import { roundTicks } from '../charts/step-axis.ts';
import { Intervals } from '../drawings/Intervals.tsx';
import { nounOf, useWords, type Words } from '../i18n/use-words.ts';
import type { ComparisonState } from '../store/comparison.ts';
import classes from './Compare.module.css';
import { type Face, isBothObjectives } from './faces.ts';
import { estimateOf, leadOf, type Measure, writeGap, writeGapFigure, writeValue } from './measure.ts';

interface FairScoresProps {
  readonly comparison: ComparisonState;
  readonly faces: readonly Face[];
  readonly measure: Measure;
}

const shareTicks = [0, 0.25, 0.5, 0.75, 1];

export function FairScores({ comparison, faces, measure }: FairScoresProps) {
  const words = useWords();
  const { t, number, percent } = words;
  const verdict = comparison.verdicts.at(-1);
  const run = comparison.runs[0]?.session.run;
  if (!verdict || !run) return null;
  const noun = nounOf(run.configuration.tokenizer);
  const [{ positions }] = verdict.scores;
  const title = t('compare.fair', { choices: t(`nouns.${noun}`, { count: positions, amount: number(positions) }) });
  const isShare = measure === 'accuracy';
  const top = isShare ? 1 : Math.max(...verdict.scores.map(({ bits }) => bits.high)) * 1.1;
  const isPair = isBothObjectives(comparison.runs);
  return (
    <section className={classes.part} aria-label={title}>
      <div className={classes.partHead}>
        <h3 className={classes.partTitle}>{title}</h3>
      </div>
      <Intervals
        rows={faces.map((face, index) => rowOf(face, verdict, index, measure, words))}
        top={top}
        ticks={isShare ? shareTicks : roundTicks(0, top)}
        tick={(value) => (isShare ? percent(value) : number(value, 1))}
        label={title}
      />
      <p className={classes.said}>{leadText(verdict, measure, words)}</p>
      {isPair && <p className={classes.aside}>{perplexities(verdict, faces, noun, words)}</p>}
    </section>
  );
}

function rowOf({ name, tone }: Face, { scores }: Verdict, index: number, measure: Measure, words: Words) {
  const estimate = estimateOf(scores[index], measure);
  const write = (value: number) => writeValue(value, measure, words);
  const [value, low, high] = [estimate.value, estimate.low, estimate.high].map(write);
  return {
    name,
    tone,
    estimate,
    spoken: words.t('compare.interval', { value, low, high }),
    figures: `${low} – ${high}`,
  };
}

function leadText(verdict: Verdict, measure: Measure, words: Words): string {
  const { gap } = leadOf(verdict, measure);
  if (gap.value === 0) return words.t('compare.even');
  const [low, high] = [gap.low, gap.high].map((each) => writeGapFigure(each, measure, words));
  const values = { gap: writeGap(gap.value, measure, words), low, high };
  return words.t(gap.low > 0 ? 'compare.sure' : 'compare.unsure', values);
}

/** 2 to the bits: for who fills blanks that is the pseudo-perplexity. */
function perplexities(
  { scores }: Verdict,
  faces: readonly Face[],
  noun: ReturnType<typeof nounOf>,
  { t, number }: Words,
) {
  const masked = faces.findIndex(({ tone }) => tone === 'masked');
  const [among, amongMasked] = [1 - masked, masked].map((index) => {
    const count = 2 ** scores[index].bits.value;
    return t(`nouns.${noun}`, { count, amount: number(count, 1) });
  });
  return t('compare.perplexity', { causal: among, masked: amongMasked });
}
