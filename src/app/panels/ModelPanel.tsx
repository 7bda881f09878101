/** The size of the model: presets, the numbers behind them, and what they come to. */
import { VisuallyHidden } from '@mantine/core';
import { Section } from '../controls/Section.tsx';
import { Segmented } from '../controls/Segmented.tsx';
import { useWords } from '../i18n/use-words.ts';
import { hasSizes, withSizes } from '../store/architecture.ts';
import { useActions, useApp } from '../store/use-app.ts';
import { ArchitectureChoice } from './ArchitectureChoice.tsx';
import { CostFigures } from './CostFigures.tsx';
import { FieldControl } from './FieldControl.tsx';
import { presetParameters, presetStepMs, slowestStepMs } from './preset-parameters.ts';
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
      <CostFigures />
    </Section>
  );
}

function PresetChoice() {
  const { t, label, compact, number } = useWords();
  const { setModel } = useActions();
  const presets = useApp((state) => state.session.catalog?.presets) ?? [];
  const model = useApp((state) => state.settings.draft?.model);
  const runPlan = useApp((state) => state.session.run?.plan);
  const vocabulary = runPlan?.vocabulary ?? 0;
  const chosen = presets.find((preset) => model && hasSizes(model, preset.model));
  return (
    <Segmented
      kind="preset"
      label={t('model.preset')}
      segments={presets.map((preset) => {
        const stepMs = (runPlan && presetStepMs(preset.model, runPlan)) ?? 0;
        const isTooSlow = stepMs > slowestStepMs && preset.id !== chosen?.id;
        const why = t('cost.tooSlow', { label: label(preset.label), seconds: number(stepMs / 1000) });
        return {
          value: preset.id,
          isDisabled: isTooSlow,
          label: (
            <span className={classes.preset} title={isTooSlow ? why : undefined}>
              {label(preset.label)}
              <small>{compact(presetParameters(preset.model, vocabulary))}</small>
              {isTooSlow && <VisuallyHidden>{why}</VisuallyHidden>}
            </span>
          ),
        };
      })}
      value={chosen?.id ?? ''}
      onChange={(id) => {
        const preset = presets.find((entry) => entry.id === id);
        if (preset && model) setModel(withSizes(model, preset.model));
      }}
    />
  );
}
