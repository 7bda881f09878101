/** A number to go through one by one; it can be typed where it has a name of its own. */
import { useId } from 'react';
import { useTypedNumber } from '../controls/use-typed-number.ts';
import classes from './Stepper.module.css';

interface StepperProps {
  readonly value: number;
  readonly minimum: number;
  readonly maximum: number;
  /** Name of the number, which can then be typed. */
  readonly label?: string;
  /** What is shown instead of the number where it can't be typed. */
  readonly text?: string;
  readonly less: string;
  readonly more: string;
  readonly onChange: (value: number) => void;
}

export function Stepper({ value, minimum, maximum, label, text, less, more, onChange }: StepperProps) {
  const go = (next: number) => onChange(Math.min(maximum, Math.max(minimum, Math.round(next))));
  return (
    <div className={classes.stepper}>
      <Arrow name={less} sign="‹" isDisabled={value <= minimum} onClick={() => go(value - 1)} />
      {label ? <Typed {...{ label, value }} onChange={go} /> : <span className={classes.text}>{text}</span>}
      <Arrow name={more} sign="›" isDisabled={value >= maximum} onClick={() => go(value + 1)} />
    </div>
  );
}

interface TypedProps {
  readonly label: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
}

function Typed({ label, value, onChange }: TypedProps) {
  const id = useId();
  const typed = useTypedNumber(value, String(value), onChange);
  return (
    <>
      <label className={classes.text} htmlFor={id}>
        {label}
      </label>
      <input id={id} className={classes.number} inputMode="numeric" {...typed} />
    </>
  );
}

interface ArrowProps {
  readonly name: string;
  readonly sign: string;
  readonly isDisabled: boolean;
  readonly onClick: () => void;
}

function Arrow({ name, sign, isDisabled, onClick }: ArrowProps) {
  return (
    <button type="button" className={classes.arrow} aria-label={name} disabled={isDisabled} onClick={onClick}>
      <span aria-hidden="true">{sign}</span>
    </button>
  );
}
