/** Which text the labels are shown of: a batch, a piece of it, another draw of what is hidden, or a sentence. */
import { ActionButton } from '../controls/ActionButton.tsx';
import { Segmented } from '../controls/Segmented.tsx';
import { useWords } from '../i18n/use-words.ts';
import { DiceIcon } from '../icons.tsx';
import { useActions, useApp } from '../store/use-app.ts';
import classes from './LabelsPanel.module.css';
import { SentenceInput } from './SentenceInput.tsx';
import { Stepper } from './Stepper.tsx';

interface LabelControlsProps {
  readonly fills: boolean;
  /** Pieces of a batch. */
  readonly rows: number;
}

export function LabelControls({ fills, rows }: LabelControlsProps) {
  const { t } = useWords();
  const { askLabels } = useActions();
  const source = useApp((state) => state.labels.source);
  const draw = useApp((state) => state.labels.draw);
  const prompt = useApp((state) => state.prediction.prompt);
  const choose = (kind: string) =>
    askLabels(kind === 'text' ? { kind: 'text', text: prompt } : { kind: 'batch', step: 1, row: 0 }, 0);
  return (
    <div className={classes.controls}>
      <div className={classes.source}>
        <Segmented
          label={t('labels.source')}
          segments={[
            { value: 'batch', label: t('labels.batch') },
            { value: 'text', label: t('labels.own') },
          ]}
          value={source.kind}
          onChange={choose}
        />
      </div>
      {source.kind === 'batch' ? <BatchSteppers rows={rows} /> : <Sentence />}
      {fills && (
        <ActionButton size="small" icon={<DiceIcon />} onClick={() => askLabels(source, draw + 1)}>
          {t('labels.draw')}
        </ActionButton>
      )}
      {fills && draw > 0 && source.kind === 'batch' && (
        <ActionButton size="small" onClick={() => askLabels(source, 0)}>
          {t('labels.asTrained')}
        </ActionButton>
      )}
    </div>
  );
}

function BatchSteppers({ rows }: { readonly rows: number }) {
  const { t, number } = useWords();
  const { askLabels } = useActions();
  const source = useApp((state) => state.labels.source);
  const totalSteps = useApp((state) => state.session.run?.configuration.schedule.totalSteps) ?? 1;
  if (source.kind !== 'batch') return null;
  const row = Math.min(source.row + 1, rows);
  const ask = (step: number, row: number) => askLabels({ kind: 'batch', step, row }, 0);
  return (
    <>
      <Stepper
        value={source.step}
        minimum={1}
        maximum={totalSteps}
        label={t('labels.step')}
        less={t('labels.earlierStep')}
        more={t('labels.laterStep')}
        onChange={(step) => ask(step, source.row)}
      />
      <Stepper
        value={row}
        minimum={1}
        maximum={rows}
        text={t('labels.row', { row: number(row), rows: number(rows) })}
        less={t('labels.earlierRow')}
        more={t('labels.laterRow')}
        onChange={(next) => ask(source.step, next - 1)}
      />
    </>
  );
}

function Sentence() {
  const { t } = useWords();
  const { askLabels, dismiss } = useActions();
  const source = useApp((state) => state.labels.source);
  const draw = useApp((state) => state.labels.draw);
  if (source.kind !== 'text') return null;
  return (
    <SentenceInput
      name={t('labels.sentence')}
      value={source.text}
      onChange={(text) => {
        dismiss('labels');
        askLabels({ kind: 'text', text }, draw);
      }}
    />
  );
}
