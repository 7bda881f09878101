/** After a reset: the run that was put aside, how long it is kept, and the way back to it. */
import { ActionButton } from '../controls/ActionButton.tsx';
import { useWords } from '../i18n/use-words.ts';
import { useActions, useApp } from '../store/use-app.ts';
import classes from './UndoLine.module.css';

export function UndoLine() {
  const { t, number } = useWords();
  const { undoReset } = useActions();
  const step = useApp((state) => state.kept?.step);
  return (
    <div role="status">
      {step !== undefined && (
        <div className={classes.line}>
          <span>{t('undo.kept', { count: step, amount: number(step) })}</span>
          <ActionButton size="small" onClick={undoReset}>
            {t('undo.action')}
          </ActionButton>
        </div>
      )}
    </div>
  );
}
