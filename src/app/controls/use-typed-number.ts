/** A number in a text field: it counts once it is entered or the field is left, and text that is no number counts for nothing. */
import { type ChangeEvent, type KeyboardEvent, useState } from 'react';
import { parseValue } from './number-scale.ts';

/** Properties of the text field.
 *  @param shown the number as text while nothing is typed */
export function useTypedNumber(value: number, shown: string, onChange: (value: number) => void) {
  const [typed, setTyped] = useState<string>();
  const commit = () => {
    const next = typed === undefined ? undefined : parseValue(typed);
    setTyped(undefined);
    if (next !== undefined && next !== value) onChange(next);
  };
  return {
    value: typed ?? shown,
    onChange: ({ currentTarget }: ChangeEvent<HTMLInputElement>) => setTyped(currentTarget.value),
    onBlur: commit,
    onKeyDown: ({ key }: KeyboardEvent) => key === 'Enter' && commit(),
  };
}
