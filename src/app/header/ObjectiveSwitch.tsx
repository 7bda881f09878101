/** What the model learns to do; the catalog says which objectives there are. */
import { Segmented } from '../controls/Segmented.tsx';
import { useWords } from '../i18n/use-words.ts';
import { CausalIcon } from '../icons.tsx';
import { useActions, useApp } from '../store/use-app.ts';

export function ObjectiveSwitch() {
  const { t, label } = useWords();
  const { set } = useActions();
  const objectives = useApp((state) => state.session.catalog?.objectives);
  const chosen = useApp((state) => state.settings.draft?.objective);
  if (!objectives || chosen === undefined) return null;
  const segments = objectives.map((objective) => ({
    value: objective.id,
    label: (
      <>
        {objective.id === 'next-token' && <CausalIcon />}
        {label(objective.label)}
      </>
    ),
  }));
  return (
    <Segmented
      kind="header"
      isCausal={chosen === 'next-token'}
      label={t('header.objective')}
      segments={segments}
      value={chosen}
      onChange={(id) => set('objective', id)}
    />
  );
}
