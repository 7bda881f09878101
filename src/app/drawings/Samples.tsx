/** What the model wrote over time, hung from their steps; those not reached yet are dotted. */
import { memo } from 'react';
import classes from './Samples.module.css';

interface HungSample {
  /** 'Step 100' */
  readonly title: string;
  /** Undefined where training has not come so far. */
  readonly text?: string;
  /** Written last before the step in view. */
  readonly isInView?: boolean;
}

interface SamplesProps {
  readonly samples: readonly HungSample[];
  readonly label: string;
  /** Said where there is no text yet. */
  readonly notYet: string;
}

export const Samples = memo(function Samples({ samples, label, notYet }: SamplesProps) {
  return (
    <ul className={classes.row} aria-label={label}>
      {samples.map(({ title, text, isInView }) => (
        <li
          key={title}
          className={classes.sample}
          data-empty={text === undefined || undefined}
          data-viewed={isInView || undefined}
        >
          <h3 className={classes.title}>{title}</h3>
          <p className={classes.text}>{text ?? <span className={classes.spoken}>{notYet}</span>}</p>
        </li>
      ))}
    </ul>
  );
});
