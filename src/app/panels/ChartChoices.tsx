/** What the large chart shows and how: quantity, scales of both axes, smoothing. */
import type { AxisScale } from '../charts/step-axis.ts';
import { SmallSelect } from '../controls/SmallSelect.tsx';
import { useWords } from '../i18n/use-words.ts';
import type { DrawnColumn } from '../store/history.ts';
import classes from './ChartDialog.module.css';

export interface Choices {
  readonly column: DrawnColumn;
  readonly stepScale: AxisScale;
  readonly valueScale: AxisScale;
  readonly smoothing: keyof typeof smoothingWindows;
}

/** Share of the step axis that a mean spans. */
export const smoothingWindows = { off: 0, some: 0.02, strong: 0.08 } as const;

export const initialChoices: Choices = {
  column: 'trainLoss',
  stepScale: 'logarithmic',
  valueScale: 'linear',
  smoothing: 'some',
};

interface ChartChoicesProps {
  readonly choices: Choices;
  readonly onChange: (choices: Choices) => void;
  readonly columns: readonly DrawnColumn[];
  readonly nameOf: (column: DrawnColumn) => string;
}

const scales = ['logarithmic', 'linear'] as const;
const smoothings = ['off', 'some', 'strong'] as const;

export function ChartChoices({ choices, onChange, columns, nameOf }: ChartChoicesProps) {
  const { t } = useWords();
  const change = (patch: Partial<Choices>) => onChange({ ...choices, ...patch });
  const scaleName = (scale: AxisScale) => t(`detail.${scale}`);
  return (
    <div className={classes.choices}>
      <Choice
        label={t('detail.quantity')}
        options={columns}
        value={choices.column}
        nameOf={nameOf}
        onChange={(column) => change({ column })}
      />
      <Choice
        label={t('detail.steps')}
        options={scales}
        value={choices.stepScale}
        nameOf={scaleName}
        onChange={(stepScale) => change({ stepScale })}
      />
      <Choice
        label={t('detail.values')}
        options={scales}
        value={choices.valueScale}
        nameOf={scaleName}
        onChange={(valueScale) => change({ valueScale })}
      />
      <Choice
        label={t('detail.smoothing')}
        options={smoothings}
        value={choices.smoothing}
        nameOf={(smoothing) => t(`detail.${smoothing}`)}
        onChange={(smoothing) => change({ smoothing })}
      />
    </div>
  );
}

interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly options: readonly Value[];
  readonly value: Value;
  readonly nameOf: (value: Value) => string;
  readonly onChange: (value: Value) => void;
}

function Choice<Value extends string>({ label, options, value, nameOf, onChange }: ChoiceProps<Value>) {
  return (
    <div className={classes.choice}>
      <span aria-hidden="true">{label}</span>
      <SmallSelect
        label={label}
        options={options.map((option) => ({ value: option, label: nameOf(option) }))}
        value={value}
        onChange={onChange}
      />
    </div>
  );
}
