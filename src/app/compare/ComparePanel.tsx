/** Runs side by side: the verdict, one sentence through all of them, and what each has learned by a fair score. */
import { lazy, Suspense, useMemo, useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { ProblemLine } from '../controls/ProblemLine.tsx';
import { useWords } from '../i18n/use-words.ts';
import { SettingsNews } from '../panels/SettingsNews.tsx';
import { UndoLine } from '../panels/UndoLine.tsx';
import { shownBlank } from '../store/blanks.ts';
import { RunScope } from '../store/RunScope.tsx';
import { blankPositions, sharedBlanks, tokensSeenBy } from '../store/shared-sentence.ts';
import type { AppState } from '../store/state.ts';
import { usePaced } from '../store/use-app.ts';
import classes from './Compare.module.css';
import { CompareHead } from './CompareHead.tsx';
import { FairScores } from './FairScores.tsx';
import { facesOf } from './faces.ts';
import type { Measure } from './measure.ts';
import { SentenceCard } from './SentenceCard.tsx';
import { SharedSentence } from './SharedSentence.tsx';
import { SpokenVerdict } from './SpokenVerdict.tsx';
import { StaleLine } from './StaleLine.tsx';

const ScoreCurves = lazy(() => import('./ScoreCurves.tsx'));
const RawLosses = lazy(() => import('./RawLosses.tsx'));

const selectComparison = (state: AppState) => state.comparison;
const reportsOf = (runs: readonly AppState[]) => runs.map(({ session }) => session.run);

interface ComparePanelProps {
  /** For a projector: nothing to type, and no more than fits. */
  readonly isPresented?: boolean;
}

export default function ComparePanel({ isPresented = false }: ComparePanelProps) {
  const words = useWords();
  const comparison = usePaced(selectComparison);
  const [measure, setMeasure] = useState<Measure>('accuracy');
  const { runs } = comparison;
  // Names and colours follow from the settings, not from what training does.
  const catalog = runs[0]?.session.catalog;
  const reports = useShallow(reportsOf)(runs);
  const faces = useMemo(() => facesOf(catalog, reports, words), [catalog, reports, words]);
  if (faces.length === 0) {
    return (
      <>
        <p className={classes.preparing}>{words.t('compare.preparing')}</p>
        <SettingsNews />
      </>
    );
  }
  const shared = sharedBlanks(comparison);
  const positions = shared ? blankPositions(shared) : [];
  const shown = shared && shownBlank(shared, tokensSeenBy(runs[0], positions) ?? []);
  return (
    <div className={classes.panel}>
      <CompareHead {...{ comparison, faces, measure }} />
      <div>
        <SettingsNews />
        <StaleLine />
        {runs.map((_, index) => (
          <RunScope key={faces[index].name} index={index}>
            <ProblemLine place="training" />
            {index === 0 && <UndoLine />}
          </RunScope>
        ))}
        {!isPresented && <SharedSentence />}
      </div>
      <div className={classes.cards} data-count={runs.length}>
        {runs.map((run, index) => (
          <SentenceCard
            key={faces[index].name}
            face={faces[index]}
            shown={shown?.position}
            {...{ run, positions, isPresented }}
          />
        ))}
      </div>
      <div className={classes.parts}>
        <Suspense fallback={<div className={classes.part} />}>
          <ScoreCurves {...{ comparison, faces, measure }} onMeasure={setMeasure} />
        </Suspense>
        <FairScores {...{ comparison, faces, measure }} />
        <Suspense fallback={<div className={classes.part} />}>
          <RawLosses faces={faces} />
        </Suspense>
      </div>
      <SpokenVerdict {...{ faces, measure }} />
    </div>
  );
}
