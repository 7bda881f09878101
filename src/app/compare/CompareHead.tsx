/** The verdict in one sentence, what all runs share, and how long each of them trains. */
import type { Verdict } from '../../contract/results.ts';
import { Rich } from '../controls/Rich.tsx';
import { Segmented } from '../controls/Segmented.tsx';
import { Woven } from '../controls/Woven.tsx';
import { useWords, type Words } from '../i18n/use-words.ts';
import type { ComparisonState } from '../store/comparison.ts';
import { ownCorpus } from '../store/settings.ts';
import type { AppState } from '../store/state.ts';
import { useActions, useApp } from '../store/use-app.ts';
import classes from './Compare.module.css';
import { type Face, isBothObjectives } from './faces.ts';
import { estimateOf, leadOf, type Measure, writeValue } from './measure.ts';

interface CompareHeadProps {
  readonly comparison: ComparisonState;
  readonly faces: readonly Face[];
  readonly measure: Measure;
}

const paces = ['steps', 'compute'] as const;

export function CompareHead({ comparison, faces, measure }: CompareHeadProps) {
  const words = useWords();
  const { t } = words;
  const { setPace } = useActions();
  const pace = useApp((state) => state.comparison.pace);
  const { runs, verdicts } = comparison;
  const verdict = verdicts.at(-1);
  const hasTrained = verdict !== undefined && verdict.steps[0] > 0;
  const isPair = isBothObjectives(runs);
  return (
    <div className={classes.head}>
      <div className={classes.verdict}>
        <p className={classes.label}>{t('compare.label')}</p>
        <h2 className={classes.sentence}>
          {hasTrained ? (
            <VerdictSentence {...{ verdict, faces, measure, isPair }} />
          ) : (
            t(isPair ? 'compare.start' : 'compare.startRuns')
          )}
        </h2>
      </div>
      <div className={classes.terms}>
        <p className={classes.shared}>
          <Rich text={t('compare.shared', { settings: sharedSettings(runs, words) })} />
        </p>
        <Segmented
          label={t('compare.pace')}
          segments={paces.map((value) => ({ value, label: t(`compare.${value}`) }))}
          value={pace}
          onChange={(value) => setPace(value === 'compute' ? 'compute' : 'steps')}
        />
      </div>
    </div>
  );
}

interface VerdictSentenceProps {
  readonly verdict: Verdict;
  readonly faces: readonly Face[];
  readonly measure: Measure;
  readonly isPair: boolean;
}

function VerdictSentence({ verdict, faces, measure, isPair }: VerdictSentenceProps) {
  const words = useWords();
  const { t } = words;
  const { leader, other } = leadOf(verdict, measure);
  const value = (index: number) => (
    <b className={classes[faces[index].tone]}>
      {writeValue(estimateOf(verdict.scores[index], measure).value, measure, words)}
    </b>
  );
  if (isPair) {
    const masked = faces.findIndex(({ tone }) => tone === 'masked');
    const text = t(`compare.${measure}`, { masked: '{masked}', causal: '{causal}' });
    return <Woven text={text} things={{ masked: value(masked), causal: value(1 - masked) }} />;
  }
  const names = { leader: faces[leader].name, other: faces[other].name };
  const text = t(`compare.${measure}Runs`, { ...names, most: '{most}', least: '{least}' });
  return <Woven text={text} things={{ most: value(leader), least: value(other) }} />;
}

/** Shakespeare · 0.8M · batch 48 · seed 1337, as far as it is the same for all. */
function sharedSettings(runs: readonly AppState[], { t, label, number, compact }: Words): string {
  const { run, catalog } = runs[0]?.session ?? {};
  if (!run) return '';
  const { corpus, training } = run.configuration;
  const entry = catalog?.corpora.find(({ id }) => id === corpus);
  const isShared = (read: (state: AppState) => unknown) => runs.every((each) => read(each) === read(runs[0]));
  const sizes = compact(run.plan.parameters);
  return [
    entry && corpus !== ownCorpus ? label(entry.label) : t('compare.ownText'),
    isShared(({ session }) => session.run && compact(session.run.plan.parameters)) &&
      t('runs.parameters', { amount: sizes }),
    isShared(({ session }) => session.run?.configuration.training.batch) &&
      t('compare.batch', { amount: number(training.batch) }),
    isShared(({ session }) => session.run?.configuration.training.seed) && t('compare.seed', { amount: training.seed }),
  ]
    .filter(Boolean)
    .join(' · ');
}
