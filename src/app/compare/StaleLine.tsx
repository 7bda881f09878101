/** Where the settings are no longer those of the comparison: what to begin anew would give up, and the button. */
import { ActionButton } from '../controls/ActionButton.tsx';
import { useWords } from '../i18n/use-words.ts';
import { isComparisonStale } from '../store/comparing.ts';
import { useActions, useApp } from '../store/use-app.ts';
import classes from './Compare.module.css';

export function StaleLine() {
  const { t } = useWords();
  const { compareAnew } = useActions();
  const isStale = useApp(isComparisonStale);
  return (
    <div role="status">
      {isStale && (
        <div className={classes.stale}>
          <span>{t('compare.stale')}</span>
          <ActionButton size="small" onClick={compareAnew}>
            {t('compare.anew')}
          </ActionButton>
        </div>
      )}
    </div>
  );
}
