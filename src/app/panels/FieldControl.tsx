/** A number of the catalog as a control, whatever it is. */
import type { NumberField } from '../../contract/catalog.ts';
import { NumberControl } from '../controls/NumberControl.tsx';
import { formatValue } from '../controls/number-scale.ts';
import { useWords } from '../i18n/use-words.ts';
import { DiceIcon } from '../icons.tsx';
import { readNumber } from '../store/setting-paths.ts';
import { useActions, useApp } from '../store/use-app.ts';
import classes from './Settings.module.css';

interface FieldControlProps {
  readonly field: NumberField;
}

/** A range too wide for a slider to say anything: a seed. */
const widestSlider = 1e7;

export function FieldControl({ field }: FieldControlProps) {
  const { t, label, locale } = useWords();
  const { set } = useActions();
  const value = useApp((state) =>
    state.settings.draft ? readNumber(state.settings.draft, field.path) : field.minimum,
  );
  const isSeed = field.maximum - field.minimum > widestSlider;
  const ranged = t('field.range', {
    meaning: label(field.explanation),
    minimum: formatValue(field.minimum, field, locale),
    maximum: formatValue(field.maximum, field, locale),
    unit: label(field.unit),
  });
  // Without a unit its space is left before the full stop.
  const meaning = ranged.replace(/\s+(?=[.。]$)/u, '');
  const explanation = t(field.live ? 'field.live' : 'field.restart', { meaning });
  const shuffle = () => set(field.path, field.minimum + Math.floor(Math.random() * 100_000));
  return (
    <NumberControl
      label={label(field.label)}
      explanation={explanation}
      scale={field}
      value={value}
      isPlain={isSeed}
      onChange={(next) => set(field.path, next)}
    >
      {isSeed && (
        <button type="button" className={classes.dice} aria-label={t('training.shuffle')} onClick={shuffle}>
          <DiceIcon />
        </button>
      )}
    </NumberControl>
  );
}
