/** What the model learns to do; the catalog says which objectives there are. */
import { Segmented } from '../controls/Segmented.tsx';
import { useWords } from '../i18n/use-words.ts';
import { CausalIcon, MaskedIcon } from '../icons.tsx';
import { fillsBlanks } from '../store/architecture.ts';
import { useActions, useApp } from '../store/use-app.ts';

export function ObjectiveSwitch() {
  const { t, label } = useWords();
  const { setObjective } = useActions();
  const objectives = useApp((state) => state.session.catalog?.objectives);
  const chosen = useApp((state) => state.settings.draft?.objective);
  const isMasked = useApp((state) => fillsBlanks(state.session.catalog, state.settings.draft));
  if (!objectives || chosen === undefined) return null;
  const segments = objectives.map((objective) => ({
    value: objective.id,
    label: (
      <>
        {objective.writesOn ? <CausalIcon /> : <MaskedIcon />}
        {label(objective.label)}
      </>
    ),
  }));
  return (
    <Segmented
      kind="header"
      tone={isMasked ? 'masked' : 'causal'}
      label={t('header.objective')}
      segments={segments}
      value={chosen}
      onChange={setObjective}
    />
  );
}
