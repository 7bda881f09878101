/** One entry of a registry, chosen by its label, with its explanation on demand. */
import type { ReactNode } from 'react';
import type { CatalogEntry } from '../../contract/catalog.ts';
import { Explained } from '../controls/Explained.tsx';
import { SmallSelect } from '../controls/SmallSelect.tsx';
import { useWords } from '../i18n/use-words.ts';
import classes from './Settings.module.css';

interface RegistryChoiceProps {
  readonly name: string;
  readonly entries: readonly CatalogEntry[];
  readonly value: string;
  readonly onChange: (id: string) => void;
  /** Stands between the name and the choice. */
  readonly drawing?: ReactNode;
}

export function RegistryChoice({ name, entries, value, onChange, drawing }: RegistryChoiceProps) {
  const { label } = useWords();
  const chosen = entries.find(({ id }) => id === value);
  const className = drawing ? classes.schedule : classes.choice;
  return (
    <Explained label={name} explanation={chosen && label(chosen.explanation)} className={className}>
      {(explanationId) => (
        <>
          {drawing}
          <SmallSelect
            label={name}
            explanationId={explanationId}
            options={entries.map((entry) => ({ value: entry.id, label: label(entry.label) }))}
            value={value}
            onChange={onChange}
          />
        </>
      )}
    </Explained>
  );
}
