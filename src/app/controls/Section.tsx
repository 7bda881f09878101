/** A section of settings: a rule, a title that folds it, and what it comes to in one phrase. */
import { Collapse } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type ReactNode, useId } from 'react';
import { useWords } from '../i18n/use-words.ts';
import { ChevronIcon } from '../icons.tsx';
import type { Place } from '../store/problems.ts';
import { ProblemLine } from './ProblemLine.tsx';
import classes from './Section.module.css';

interface SectionProps {
  readonly title: string;
  readonly summary?: string;
  readonly isOpenAtFirst: boolean;
  /** Where what goes wrong with these settings is said, folded or not. */
  readonly place?: Place;
  /** What mends it. */
  readonly mend?: ReactNode;
  readonly children: ReactNode;
}

export function Section({ title, summary, isOpenAtFirst, place, mend, children }: SectionProps) {
  const [isOpen, { toggle }] = useDisclosure(isOpenAtFirst);
  const { t } = useWords();
  const contentId = useId();
  const titleId = useId();
  return (
    <section className={classes.section} aria-label={title}>
      <div className={classes.head}>
        <button
          type="button"
          className={classes.fold}
          aria-label={t(isOpen ? 'fold.close' : 'fold.open')}
          aria-describedby={titleId}
          aria-expanded={isOpen}
          aria-controls={contentId}
          onClick={toggle}
        >
          <span className={classes.chevron} data-open={isOpen || undefined}>
            <ChevronIcon />
          </span>
        </button>
        <h2 id={titleId} className={classes.title}>
          {title}
        </h2>
        <span className={classes.summary}>{summary}</span>
      </div>
      <Collapse id={contentId} expanded={isOpen} transitionDuration={160}>
        {children}
      </Collapse>
      {place && <ProblemLine place={place}>{mend}</ProblemLine>}
    </section>
  );
}
