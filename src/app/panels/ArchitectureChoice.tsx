/** What the model is made of: family, layer norm, attention, positions, whatever the catalog has. */
import { useWords } from '../i18n/use-words.ts';
import { type Part, partOf, withFamily, withPart } from '../store/architecture.ts';
import { useActions, useApp } from '../store/use-app.ts';
import { PlanWarnings } from './PlanWarnings.tsx';
import { RegistryChoice } from './RegistryChoice.tsx';
import classes from './Settings.module.css';

const parts: readonly { readonly part: Part; readonly registry: 'norms' | 'attentions' | 'positions' }[] = [
  { part: 'norm', registry: 'norms' },
  { part: 'attention', registry: 'attentions' },
  { part: 'positions', registry: 'positions' },
];

export function ArchitectureChoice() {
  const { t } = useWords();
  const { setModel } = useActions();
  const catalog = useApp((state) => state.session.catalog);
  const draft = useApp((state) => state.settings.draft);
  const warnings = useApp((state) => state.settings.plan?.warnings) ?? [];
  if (!catalog || !draft) return null;
  return (
    <div className={classes.below}>
      <RegistryChoice
        name={t('architecture.family')}
        entries={catalog.families}
        value={draft.model.family}
        onChange={(family) => setModel(withFamily(draft.model, family))}
      />
      {parts.map(({ part, registry }) => (
        <RegistryChoice
          key={part}
          name={t(`architecture.${part}`)}
          entries={catalog[registry]}
          value={partOf(catalog, draft, part)}
          onChange={(id) => setModel(withPart(catalog, draft, part, id))}
        />
      ))}
      <PlanWarnings warnings={warnings} />
    </div>
  );
}
