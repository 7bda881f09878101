/** What the model learns to do; the catalog says which objectives there are. */
import { Segmented } from '../controls/Segmented.tsx';
import { useWords } from '../i18n/use-words.ts';
import { CausalIcon, CompareIcon, MaskedIcon } from '../icons.tsx';
import { fillsBlanks } from '../store/architecture.ts';
import { useActions, useApp } from '../store/use-app.ts';
import classes from './Header.module.css';

/** The segment that shows all objectives side by side. */
const comparing = 'compare';

export function ObjectiveSwitch() {
  const { t, label } = useWords();
  const { setObjective, compare, leaveComparison } = useActions();
  const objectives = useApp((state) => state.session.catalog?.objectives);
  const hasRun = useApp((state) => state.session.run !== undefined);
  const chosen = useApp((state) => state.settings.draft?.objective);
  const isMasked = useApp((state) => fillsBlanks(state.session.catalog, state.settings.draft));
  const isComparing = useApp((state) => state.comparison.isOpen);
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
  const both = {
    value: comparing,
    isDisabled: !hasRun,
    label: (
      <>
        <CompareIcon />
        {t('compare.title')}
      </>
    ),
  };
  const choose = (value: string) => {
    if (value === comparing) return compare();
    if (isComparing) leaveComparison();
    setObjective(value);
  };
  return (
    <div className={classes.objectives}>
      <Segmented
        kind="header"
        tone={isComparing ? undefined : isMasked ? 'masked' : 'causal'}
        label={t('header.objective')}
        segments={[...segments, both]}
        value={isComparing ? comparing : chosen}
        onChange={choose}
      />
    </div>
  );
}
