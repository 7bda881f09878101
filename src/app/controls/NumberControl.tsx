/** A number to set: its name, a slider on a linear or logarithmic scale, and the exact value to type. */
import type { ReactNode } from 'react';
import type { NumberField } from '../../contract/catalog.ts';
import { useWords } from '../i18n/use-words.ts';
import { Explained } from './Explained.tsx';
import classes from './NumberControl.module.css';
import { formatValue, positionOf, positions, valueAt } from './number-scale.ts';
import { useTypedNumber } from './use-typed-number.ts';

interface NumberControlProps {
  readonly label: string;
  /** One sentence, shown when the name is pressed. */
  readonly explanation?: string;
  readonly scale: Pick<NumberField, 'minimum' | 'maximum' | 'step' | 'scale'>;
  readonly value: number;
  /** A word instead of the number, as 'off'. */
  readonly shownValue?: string;
  readonly onChange: (value: number) => void;
  /** True where the number has no useful order, as a seed: no slider then. */
  readonly isPlain?: boolean;
  /** Takes the place of the slider. */
  readonly children?: ReactNode;
}

export function NumberControl({
  label,
  explanation,
  scale,
  value,
  shownValue,
  onChange,
  isPlain,
  children,
}: NumberControlProps) {
  const { t, locale } = useWords();
  const shown = shownValue ?? (isPlain ? String(value) : formatValue(value, scale, locale));
  const typed = useTypedNumber(value, shown, onChange);
  const exactLabel = isPlain ? label : t('field.exact', { label });
  return (
    <Explained label={label} explanation={explanation} className={classes.row}>
      {(explanationId) => (
        <>
          {isPlain ? (
            children
          ) : (
            <input
              className={classes.range}
              type="range"
              aria-label={label}
              aria-describedby={explanationId}
              aria-valuetext={shown}
              min={0}
              max={positions(scale)}
              step={1}
              value={positionOf(value, scale)}
              style={{ ['--filled' as string]: `${(100 * positionOf(value, scale)) / positions(scale)}%` }}
              onChange={({ currentTarget }) => onChange(valueAt(Number(currentTarget.value), scale))}
            />
          )}
          <input
            className={classes.exact}
            inputMode="decimal"
            aria-label={exactLabel}
            onFocus={({ currentTarget }) => currentTarget.select()}
            {...typed}
          />
        </>
      )}
    </Explained>
  );
}
