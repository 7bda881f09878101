/** Where the comparison is not the one of the page's settings: what another one would give up, and the way to it. */
import { ActionButton } from '../controls/ActionButton.tsx';
import { useWords } from '../i18n/use-words.ts';
import { isComparisonStale } from '../store/comparing.ts';
import { useActions, useApp } from '../store/use-app.ts';
import classes from './Compare.module.css';

export function StaleLine() {
  const { t } = useWords();
  const { compareAnew, compareObjectives } = useActions();
  const isStale = useApp(isComparisonStale);
  const isPicked = useApp(({ comparison }) => comparison.compared?.isOfPage === false);
  return (
    <div role="status">
      {(isStale || isPicked) && (
        <div className={classes.stale}>
          <span>{t(isStale ? 'compare.stale' : 'compare.picked')}</span>
          <div className={classes.choices}>
            {isStale && (
              <ActionButton size="small" onClick={compareAnew}>
                {t('compare.anew')}
              </ActionButton>
            )}
            {isPicked && (
              <ActionButton size="small" onClick={compareObjectives}>
                {t('compare.objectives')}
              </ActionButton>
            )}
          </div>
        </div>
      )}
    </div>
  );
}
