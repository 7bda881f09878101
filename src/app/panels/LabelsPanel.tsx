/** How raw text becomes inputs and labels with nobody labelling: real batches or a sentence of the user's own. */
import { useCallback, useEffect } from 'react';
import type { LabelledText } from '../../contract/results.ts';
import { ProblemLine } from '../controls/ProblemLine.tsx';
import { Rich } from '../controls/Rich.tsx';
import { capitalized, useNoun, useWords } from '../i18n/use-words.ts';
import type { AppState } from '../store/state.ts';
import { useApp, useAppStore, usePaced } from '../store/use-app.ts';
import { LabelControls } from './LabelControls.tsx';
import classes from './LabelsPanel.module.css';
import { LabelTable } from './LabelTable.tsx';
import { PrefixList } from './PrefixList.tsx';
import { useFillsBlanks } from './use-fills-blanks.ts';

/** Answers are asked for again once a second while it learns. */
const askAgainMs = 1000;
const selectStep = (state: AppState) => state.session.step;

export default function LabelsPanel() {
  const { t } = useWords();
  const noun = capitalized(useNoun());
  const fills = useFillsBlanks();
  const labelled = useApp((state) => state.labels.labelled);
  useFreshAnswers();
  return (
    <div className={classes.panel}>
      <h2 className={classes.title}>{t('labels.title')}</h2>
      <p className={classes.lead}>{t(`labels.${fills ? 'masked' : 'next'}${noun}`)}</p>
      <LabelControls fills={fills} rows={labelled?.rows ?? 1} />
      <ProblemLine place="labels" />
      {labelled && (fills ? <LabelTable labelled={labelled} /> : <PrefixList labelled={labelled} />)}
      {labelled ? <Summary labelled={labelled} /> : <p className={classes.summary}>{t('blanks.waiting')}</p>}
    </div>
  );
}

/** Asks about the text on show when it opens, when there is no answer about the present weights, and as training goes on. */
function useFreshAnswers() {
  const store = useAppStore();
  const run = useApp((state) => state.session.run);
  const isAnswered = useApp((state) => state.labels.labelled !== undefined);
  const step = usePaced(selectStep, askAgainMs);
  const ask = useCallback(() => {
    const { labels, problems } = store.getState();
    if (!problems.labels) store.actions.askLabels(labels.source, labels.draw);
  }, [store]);
  useEffect(() => {
    if (run && !isAnswered) ask();
  }, [run, isAnswered, ask]);
  useEffect(() => {
    if (step >= 0 && store.getState().labels.labelled) ask();
  }, [store, step, ask]);
}

function Summary({ labelled }: { readonly labelled: LabelledText }) {
  const { t, number } = useWords();
  const { labels, tokens, step, dropped } = labelled;
  const right = labels.filter(({ position, guess }) => guess.token.id === tokens[position].id).length;
  const values = { step: number(step), right: number(right), all: number(labels.length) };
  return (
    <p className={classes.summary}>
      <Rich text={t('labels.right', values)} />
      {dropped > 0 && ` ${t('labels.dropped', { count: dropped, amount: number(dropped) })}`}
    </p>
  );
}
