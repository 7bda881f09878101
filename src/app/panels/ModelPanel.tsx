/** The size of the model: presets, the numbers behind them, and what they come to. */
import { Rich } from '../controls/Rich.tsx';
import { Section } from '../controls/Section.tsx';
import { Segmented } from '../controls/Segmented.tsx';
import { useWords } from '../i18n/use-words.ts';
import { hasSizes, withSizes } from '../store/architecture.ts';
import { useActions, useApp } from '../store/use-app.ts';
import { ArchitectureChoice } from './ArchitectureChoice.tsx';
import { FieldControl } from './FieldControl.tsx';
import { presetParameters } from './preset-parameters.ts';
import classes from './Settings.module.css';

interface PanelProps {
  readonly isOpenAtFirst: boolean;
}

export function ModelPanel({ isOpenAtFirst }: PanelProps) {
  const { t, number } = useWords();
  const fields = useApp((state) => state.session.catalog?.fields) ?? [];
  const layers = useApp((state) => state.settings.draft?.model.layers) ?? 0;
  return (
    <Section
      title={t('model.title')}
      place="model"
      summary={t('model.summary', { count: layers, amount: number(layers) })}
      isOpenAtFirst={isOpenAtFirst}
    >
      <PresetChoice />
      <div className={classes.below}>
        {fields
          .filter(({ path }) => path.startsWith('model.'))
          .map((field) => (
            <FieldControl key={field.path} field={field} />
          ))}
      </div>
      <ArchitectureChoice />
      <ModelFigures />
    </Section>
  );
}

function PresetChoice() {
  const { t, label, compact } = useWords();
  const { setModel } = useActions();
  const presets = useApp((state) => state.session.catalog?.presets) ?? [];
  const model = useApp((state) => state.settings.draft?.model);
  const vocabulary = useApp((state) => state.session.run?.plan.vocabulary) ?? 0;
  const chosen = presets.find((preset) => model && hasSizes(model, preset.model));
  return (
    <Segmented
      kind="preset"
      label={t('model.preset')}
      segments={presets.map((preset) => ({
        value: preset.id,
        label: (
          <span className={classes.preset}>
            {label(preset.label)}
            <small>{compact(presetParameters(preset.model, vocabulary))}</small>
          </span>
        ),
      }))}
      value={chosen?.id ?? ''}
      onChange={(id) => {
        const preset = presets.find((entry) => entry.id === id);
        if (preset && model) setModel(withSizes(model, preset.model));
      }}
    />
  );
}

function ModelFigures() {
  const { t, number, bytes } = useWords();
  const plan = useApp((state) => state.settings.plan);
  const kind = useApp((state) => state.session.backend?.kind);
  if (!plan) return null;
  const where = t(kind === 'webgpu' ? 'model.gpu' : 'model.ram');
  return (
    <div className={classes.sum} role="status">
      <span>
        <Rich text={t('model.parameters', { amount: number(plan.parameters) })} />
      </span>
      <span>
        <Rich text={t('model.memory', { amount: bytes(plan.bytes), where })} />
      </span>
    </div>
  );
}
