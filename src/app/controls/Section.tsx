/** A section of settings: a rule, a title that folds it, and what it comes to in one phrase. */
import { Collapse } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type ReactNode, useId } from 'react';
import { ChevronIcon } from '../icons.tsx';
import classes from './Section.module.css';

interface SectionProps {
  readonly title: string;
  readonly summary?: string;
  readonly isOpenAtFirst: boolean;
  readonly children: ReactNode;
}

export function Section({ title, summary, isOpenAtFirst, children }: SectionProps) {
  const [isOpen, { toggle }] = useDisclosure(isOpenAtFirst);
  const contentId = useId();
  return (
    <section className={classes.section} aria-label={title}>
      <h2 className={classes.title}>
        <button type="button" className={classes.toggle} aria-expanded={isOpen} aria-controls={contentId} onClick={toggle}>
          <span className={classes.chevron} data-open={isOpen || undefined}>
            <ChevronIcon />
          </span>
          {title}
        </button>
        <span className={classes.summary}>{summary}</span>
      </h2>
      <Collapse id={contentId} expanded={isOpen} transitionDuration={160}>
        {children}
      </Collapse>
    </section>
  );
}
