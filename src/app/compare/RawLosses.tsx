/** The training losses, each in a plot of its own, and why their heights are not to be compared. */
import { useMemo } from 'react';
import { decimate } from '../charts/decimate.ts';
import SmallChart from '../charts/SmallChart.tsx';
import { stepAxis } from '../charts/step-axis.ts';
import { useWords } from '../i18n/use-words.ts';
import { trainingCurve } from '../panels/curves.ts';
import type { HistoryState } from '../store/history.ts';
import { lastValue } from '../store/series.ts';
import { isSame } from '../store/settings.ts';
import type { AppState } from '../store/state.ts';
import { usePaced } from '../store/use-app.ts';
import classes from './Compare.module.css';
import { type Face, isBothObjectives } from './faces.ts';

const buckets = 36;
const heightPx = 96;
/** What is only glanced at draws twice a second. */
const slowestMs = 500;
const selectRuns = (state: AppState) => state.comparison.runs;

export default function RawLosses({ faces }: { readonly faces: readonly Face[] }) {
  const { t, percent } = useWords();
  const runs = usePaced(selectRuns, slowestMs);
  if (runs.length !== faces.length) return null;
  const isPair = isBothObjectives(runs);
  const nameOf = (face: Face, { session }: AppState) => {
    if (!isPair) return face.name;
    if (face.tone === 'causal') return t('compare.every');
    return t('compare.hidden', { share: percent(session.run?.configuration.masking.rate ?? 0) });
  };
  return (
    <section className={classes.part} aria-label={t('compare.losses')}>
      <div className={classes.partHead}>
        <h3 className={classes.partTitle}>{t('compare.losses')}</h3>
      </div>
      <div className={classes.losses}>
        {runs.map((run, index) => (
          <LossOf
            key={faces[index].name}
            name={nameOf(faces[index], run)}
            colour={`var(--${faces[index].tone})`}
            history={run.history}
            totalSteps={run.session.run?.configuration.schedule.totalSteps ?? 1}
          />
        ))}
      </div>
      <p className={classes.said}>{t(areAlike(runs) ? 'compare.lossesAlike' : 'compare.lossesDiffer')}</p>
    </section>
  );
}

interface LossOfProps {
  readonly name: string;
  readonly colour: string;
  readonly history: HistoryState;
  readonly totalSteps: number;
}

function LossOf({ name, colour, history, totalSteps }: LossOfProps) {
  const { fixed } = useWords();
  const points = useMemo(() => {
    const axis = stepAxis('logarithmic', 0, totalSteps);
    return decimate(trainingCurve(history, 'trainLoss'), axis, buckets).map(({ x, y }) => ({ x: axis.fraction(x), y }));
  }, [history, totalSteps]);
  const value = lastValue(history.points, 'trainLoss');
  return (
    <SmallChart
      name={name}
      value={value === undefined ? '–' : fixed(value)}
      {...{ points, colour }}
      height={heightPx}
      isFitted
    />
  );
}

/** True where all runs answer the same question: the same objective, with as much hidden. */
function areAlike(runs: readonly AppState[]): boolean {
  const questions = runs.map(({ session }) => {
    const { objective, masking } = session.run?.configuration ?? {};
    return { objective, masking };
  });
  return questions.every((question) => isSame(question, questions[0]));
}
