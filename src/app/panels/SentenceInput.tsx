/** A line for a sentence of the user's own, with its name before it. */
import { useId } from 'react';
import classes from './SentenceInput.module.css';

interface SentenceInputProps {
  readonly name: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

export function SentenceInput({ name, value, onChange }: SentenceInputProps) {
  const id = useId();
  return (
    <>
      <label className={classes.name} htmlFor={id}>
        {name}
      </label>
      <input
        id={id}
        className={classes.input}
        autoComplete="off"
        spellCheck={false}
        value={value}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
    </>
  );
}
