/** A control with its name; a press on the name explains it. */
import { useDisclosure } from '@mantine/hooks';
import { type ReactNode, useId } from 'react';
import { useWords } from '../i18n/use-words.ts';
import classes from './Explained.module.css';

interface ExplainedProps {
  readonly label: string;
  /** One sentence. */
  readonly explanation?: string;
  /** Of the row, which lays out name and control; a grid, where there is one. */
  readonly className?: string;
  /** @param explanationId for the control's aria-describedby */
  readonly children: (explanationId: string | undefined) => ReactNode;
}

export function Explained({ label, explanation, className, children }: ExplainedProps) {
  const { t } = useWords();
  const [isExplained, { toggle }] = useDisclosure(false);
  const id = useId();
  return (
    <div className={className}>
      {explanation ? (
        <button
          type="button"
          className={classes.label}
          aria-label={t('field.explain', { label })}
          aria-expanded={isExplained}
          aria-controls={id}
          onClick={toggle}
        >
          {label}
        </button>
      ) : (
        <span className={classes.label} aria-hidden="true">
          {label}
        </span>
      )}
      {children(explanation && id)}
      {explanation && (
        <p id={id} className={classes.explanation} hidden={!isExplained}>
          {explanation}
        </p>
      )}
    </div>
  );
}
