/** What went wrong, where it went wrong: an icon, what happened and what to do, and a way to put it away. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CloseIcon, WarningIcon } from '../icons.tsx';
import { problemText } from '../problem-text.ts';
import type { Place } from '../store/problems.ts';
import { useActions, useApp } from '../store/use-app.ts';
import classes from './ProblemLine.module.css';

interface ProblemLineProps {
  readonly place: Place;
  /** An action that mends it. */
  readonly children?: ReactNode;
}

export function ProblemLine({ place, children }: ProblemLineProps) {
  const problem = useApp((state) => state.problems[place]);
  const catalog = useApp((state) => state.session.catalog);
  const { dismiss } = useActions();
  const { t, i18n } = useTranslation();
  if (!problem) return null;
  return (
    <div className={classes.line} role="alert">
      <span className={classes.icon}>
        <WarningIcon />
      </span>
      <div className={classes.text}>
        {problemText(problem, catalog, t, i18n.language)}
        {children}
      </div>
      <button
        className={classes.dismiss}
        type="button"
        aria-label={t('problems.dismiss')}
        onClick={() => dismiss(place)}
      >
        <CloseIcon />
      </button>
    </div>
  );
}
