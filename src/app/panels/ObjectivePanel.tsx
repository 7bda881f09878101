/** The settings that count for the chosen objective alone: how much is hidden, how, and what goes together. */
import { Section } from '../controls/Section.tsx';
import { Segmented } from '../controls/Segmented.tsx';
import { useWords } from '../i18n/use-words.ts';
import { objectiveOf } from '../store/architecture.ts';
import { useActions, useApp } from '../store/use-app.ts';
import { FieldControl } from './FieldControl.tsx';
import classes from './Settings.module.css';

interface PanelProps {
  readonly isOpenAtFirst: boolean;
}

export function ObjectivePanel({ isOpenAtFirst }: PanelProps) {
  const { t, label, percent } = useWords();
  const catalog = useApp((state) => state.session.catalog);
  const draft = useApp((state) => state.settings.draft);
  const objective = draft && objectiveOf(catalog, draft);
  if (!draft || !objective || objective.fields.length === 0) return null;
  return (
    <Section
      title={label(objective.label)}
      place="objective"
      summary={t('masking.summary', { share: percent(draft.masking.rate) })}
      isOpenAtFirst={isOpenAtFirst}
    >
      <UnitChoice />
      <div className={classes.below}>
        {objective.fields.map((field) => (
          <FieldControl key={field.path} field={field} />
        ))}
      </div>
    </Section>
  );
}

function UnitChoice() {
  const { t, label } = useWords();
  const { set } = useActions();
  const units = useApp((state) => state.session.catalog?.maskingUnits) ?? [];
  const chosen = useApp((state) => state.settings.draft?.masking.unit) ?? '';
  const explanation = units.find(({ id }) => id === chosen)?.explanation;
  return (
    <>
      <Segmented
        label={t('masking.unit')}
        segments={units.map((unit) => ({ value: unit.id, label: label(unit.label) }))}
        value={chosen}
        onChange={(id) => set('masking.unit', id)}
      />
      {explanation && <p className={classes.note}>{label(explanation)}</p>}
    </>
  );
}
