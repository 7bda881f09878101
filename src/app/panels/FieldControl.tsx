/** A number of the catalog as a control, whatever it is. */
import type { NumberField } from '../../contract/catalog.ts';
import { NumberControl } from '../controls/NumberControl.tsx';
import { useWords } from '../i18n/use-words.ts';
import { DiceIcon } from '../icons.tsx';
import { readNumber } from '../store/settings.ts';
import { useActions, useApp } from '../store/use-app.ts';
import classes from './Settings.module.css';

interface FieldControlProps {
  readonly field: NumberField;
}

/** A range too wide for a slider to say anything: a seed. */
const widestSlider = 1e7;

export function FieldControl({ field }: FieldControlProps) {
  const { t, label } = useWords();
  const { set } = useActions();
  const value = useApp((state) =>
    state.settings.draft ? readNumber(state.settings.draft, field.path) : field.minimum,
  );
  const isSeed = field.maximum - field.minimum > widestSlider;
  const shuffle = () => set(field.path, field.minimum + Math.floor(Math.random() * 100_000));
  return (
    <NumberControl
      label={label(field.label)}
      explanation={label(field.explanation)}
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
