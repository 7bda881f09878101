/** What a mixture of objective and model will do that looks like learning and is not. */
import type { PlanWarning } from '../../contract/messages.ts';
import { useWords } from '../i18n/use-words.ts';
import { WarningIcon } from '../icons.tsx';
import classes from './PlanWarnings.module.css';

interface PlanWarningsProps {
  readonly warnings: readonly PlanWarning[];
}

export function PlanWarnings({ warnings }: PlanWarningsProps) {
  const { t } = useWords();
  return (
    <div role="status">
      {warnings.map((warning) => (
        <p key={warning} className={classes.warning}>
          <WarningIcon />
          <span>{t(`warnings.${warning}`)}</span>
        </p>
      ))}
    </div>
  );
}
